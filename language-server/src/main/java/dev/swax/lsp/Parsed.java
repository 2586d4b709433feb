package dev.swax.lsp;

import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.List;

/**
 * One text and its tree.
 *
 * @param syntax without what has a fault in it
 * @param faults of syntax
 */
record Parsed(SourceFile file, SyntaxFile syntax, List<Diagnostic> faults) {
  Parsed {
    faults = List.copyOf(faults);
  }

  static Parsed of(SourceFile file) {
    var faults = new Diagnostics();
    SyntaxFile syntax = Parser.parse(file, faults);
    return faults.hasErrors()
        ? new Parsed(file, Parser.draft(file, new Diagnostics()), faults.all())
        : new Parsed(file, syntax, faults.all());
  }

  /** In place of a file that cannot be read. */
  static Parsed unreadable(String name, Diagnostic reason) {
    SourceFile empty = new SourceFile(name, "");
    return new Parsed(empty, Parser.parse(empty, new Diagnostics()), List.of(reason));
  }
}
