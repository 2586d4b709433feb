package dev.swax.tests;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.source.Span;
import java.nio.file.Path;
import java.util.List;

/** Runs a file through the stages that look for faults, as the command line does. */
final class Stages {
  /** The families of codes that the stages below report; each of their codes needs a case. */
  static final List<String> FAMILIES = List.of("SWX1");

  private Stages() {}

  /** Everything that is wrong with a file; messages call it {@code name}. */
  static List<Diagnostic> diagnose(Path path, String name) {
    var diagnostics = new Diagnostics();
    switch (SourceReader.read(path, name)) {
      case SourceReader.Read(SourceFile file) -> diagnose(file, diagnostics);
      case SourceReader.Refused(String message, String help) ->
          diagnostics.report(
              Code.UNREADABLE_TEXT, new Span(new SourceFile(name, ""), 0, 0), message, help);
    }
    return diagnostics.all();
  }

  /** The stages in their order; a stage runs only if those before it found no error. */
  private static void diagnose(SourceFile file, Diagnostics diagnostics) {
    Parser.parse(file, diagnostics);
  }
}
