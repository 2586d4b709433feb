package dev.swax.compiler.analyze.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cells of the standard library and of test texts, analyzed. */
public final class Cells {
  private static final Path STANDARD =
      Path.of(System.getProperty("swax.root"), "stdlib/src/main/resources/swax/std/cells.swax");

  private Cells() {}

  /** The text of std/cells. */
  public static String standard() {
    try {
      return Files.readString(STANDARD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A cell of std/cells with so many heads, without a remark. */
  public static Cell standard(String name, int heads, int width, int blocks) {
    return sound(standard(), name, Map.of("heads", (double) heads), width, blocks);
  }

  /** A cell of a text that must be without fault. */
  public static Cell sound(
      String text, String name, Map<String, Double> arguments, int width, int blocks) {
    var diagnostics = new Diagnostics();
    Cell cell = analyze(text, name, arguments, width, blocks, diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    return cell;
  }

  /** What is wrong with the only cell of a text, analyzed at width 64 in 2 layers. */
  static List<Diagnostic> faults(String text) {
    var diagnostics = new Diagnostics();
    var declaration = declaration(text, null, diagnostics);
    CellAnalyzer.analyze(declaration, Map.of(), 64, 2, diagnostics);
    return diagnostics.all();
  }

  private static Cell analyze(
      String text,
      String name,
      Map<String, Double> arguments,
      int width,
      int blocks,
      Diagnostics diagnostics) {
    Declaration.Cell declaration = declaration(text, name, diagnostics);
    var given = new LinkedHashMap<String, CellArgument>();
    Span span = declaration.name().span();
    arguments.forEach((key, value) -> given.put(key, new CellArgument(value, span)));
    return CellAnalyzer.analyze(declaration, given, width, blocks, diagnostics)
        .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
  }

  private static Declaration.Cell declaration(
      String text, @Nullable String name, Diagnostics diagnostics) {
    var file = Parser.parse(new SourceFile("cells.swax", text), diagnostics);
    return file.declarations().stream()
        .filter(Declaration.Cell.class::isInstance)
        .map(Declaration.Cell.class::cast)
        .filter(cell -> name == null || cell.name().text().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
  }
}
