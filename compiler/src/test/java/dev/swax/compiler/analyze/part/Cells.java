package dev.swax.compiler.analyze.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.Recurrence;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.type.PartKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Cells of the standard library and of test texts, analyzed in a model that is made of them. */
public final class Cells {
  private static final Path STANDARD =
      Path.of(System.getProperty("swax.root"), "stdlib/swax/std/cells.swax");

  private Cells() {}

  /** The text of std/cells. */
  public static String standard() {
    try {
      return Files.readString(STANDARD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A cell of std/cells with so many heads, as it is declared for 1. */
  public static Part standard(String name, int heads, int width, int blocks) {
    String use = heads == 1 ? name : name + "(heads: " + heads + ")";
    return sound(standard(), use, width, blocks);
  }

  /**
   * The cell that {@code use} makes of a text that must be without fault; a remark that a cell is
   * trained token by token is none.
   */
  public static Part sound(String text, String use, int width, int blocks) {
    var diagnostics = new Diagnostics();
    Optional<Part> cell = find(text, use, width, blocks, diagnostics);
    assertThat(diagnostics.all())
        .filteredOn(d -> !d.message().endsWith("trained token by token"))
        .isEmpty();
    return cell.orElseThrow();
  }

  /** The recurrence of a cell that has one. */
  public static Recurrence recurrence(Part cell) {
    return Objects.requireNonNull(cell.recurrence());
  }

  /** The cell that {@code use} makes of a text, if it is one. */
  public static Optional<Part> find(
      String text, String use, int width, int blocks, Diagnostics diagnostics) {
    return models(text, use, width, blocks, diagnostics).stream()
        .flatMap(model -> model.layers().getFirst().parts().stream())
        .filter(part -> part.kind() == PartKind.CELL)
        .findFirst();
  }

  private static List<Architecture> models(
      String text, String use, int width, int blocks, Diagnostics diagnostics) {
    String model =
        "\nmodel m { width = %d  vocab = 8  ffn = none  layers = %d * [%s] }\n"
            .formatted(width, blocks, use);
    var file = Parser.parse(new SourceFile("cells.swax", text + model), diagnostics);
    return new Analyzer((_, _, _) -> Optional.empty(), new PartAnalyzer())
        .analyze(file, Options.none(), diagnostics)
        .models();
  }
}
