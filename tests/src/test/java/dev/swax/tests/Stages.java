package dev.swax.tests;

import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.FileModules;
import dev.swax.compiler.analyze.ModuleLoader;
import dev.swax.compiler.analyze.Options;
import dev.swax.compiler.analyze.cell.CellAnalyzer;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs a file through the stages that look for faults, as the command line does. */
final class Stages {
  /** The families of codes that the stages below report; each of their codes needs a case. */
  static final List<String> FAMILIES = List.of("SWX1");

  private Stages() {}

  /** Everything that is wrong with a file of {@code folder}; messages leave the folder out. */
  static List<Diagnostic> diagnose(Path folder, Path path) {
    var diagnostics = new Diagnostics();
    read(folder, path, diagnostics).ifPresent(file -> check(file, folder, diagnostics));
    return diagnostics.all();
  }

  /** The stages after parsing, in their order; each runs only if those before found no error. */
  private static void check(SyntaxFile file, Path folder, Diagnostics diagnostics) {
    if (!diagnostics.hasErrors()) {
      new Analyzer(modules(folder), new CellAnalyzer()).analyze(file, Options.none(), diagnostics);
    }
  }

  private static ModuleLoader modules(Path folder) {
    var standard = new FileModules();
    return (path, importer, diagnostics) ->
        path.startsWith("std/")
            ? standard.load(path, importer, diagnostics)
            : read(folder, folder.resolve(importer.name()).resolveSibling(path), diagnostics);
  }

  private static Optional<SyntaxFile> read(Path folder, Path path, Diagnostics diagnostics) {
    String name = folder.relativize(path.normalize()).toString().replace('\\', '/');
    return switch (SourceReader.read(path, name)) {
      case SourceReader.Read(SourceFile file) -> Optional.of(Parser.parse(file, diagnostics));
      case SourceReader.Refused(String message, String help) -> {
        diagnostics.report(
            Code.UNREADABLE_TEXT, new Span(new SourceFile(name, ""), 0, 0), message, help);
        yield Optional.empty();
      }
    };
  }
}
