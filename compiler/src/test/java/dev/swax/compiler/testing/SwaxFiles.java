package dev.swax.compiler.testing;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Models from the text of a file that may import the standard library. */
public final class SwaxFiles {
  private static final Path ROOT = Path.of(System.getProperty("swax.root"));

  private SwaxFiles() {}

  /** The models of a file of the project, by its path from the root. */
  public static List<Architecture> models(String path) {
    return analyze(path.substring(path.lastIndexOf('/') + 1), read(ROOT.resolve(path)));
  }

  /** One model of a text. */
  public static Architecture model(String text, String name) {
    return named("test.swax", text, name);
  }

  /** One model of a text that stands in a file of that name. */
  public static Architecture named(String file, String text, String name) {
    return analyze(file, text).stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no model " + name));
  }

  private static List<Architecture> analyze(String file, String text) {
    var diagnostics = new Diagnostics();
    var analyzer =
        new Analyzer(
            (path, _, found) -> Optional.of(Parser.parse(standard(path), found)),
            new PartAnalyzer());
    Analysis analysis =
        analyzer.analyze(
            Parser.parse(new SourceFile(file, text), diagnostics), Options.none(), diagnostics);
    if (!diagnostics.all().stream().allMatch(SwaxFiles::tellsOfTokens)) {
      throw new AssertionError(diagnostics.all().toString());
    }
    return analysis.models();
  }

  /** That a memory is trained token by token is no fault. */
  private static boolean tellsOfTokens(Diagnostic diagnostic) {
    return diagnostic.code() == Code.GENERAL_STATE || diagnostic.code() == Code.ELEMENTWISE_STATE;
  }

  private static SourceFile standard(String path) {
    return new SourceFile(path, read(ROOT.resolve("stdlib/swax").resolve(path + ".swax")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
