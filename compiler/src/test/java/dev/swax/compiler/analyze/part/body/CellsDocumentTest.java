package dev.swax.compiler.analyze.part.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.part.Cells;
import dev.swax.compiler.model.part.PartPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/cells.md shows is what the compiler does. */
class CellsDocumentTest {
  private static final Path DOCUMENT = Path.of(System.getProperty("swax.root"), "docs/cells.md");

  @Test
  void theFirstExampleIsThatOfTheStandardLibrary() throws IOException {
    String example = block("```swax\n(.*?)```");
    assertThat(PartPrinter.explain(Cells.sound(example, "simple_gla(heads: 4)", 64, 2)))
        .isEqualTo(PartPrinter.explain(Cells.standard("simple_gla", 4, 64, 2)));
  }

  @Test
  void theExplanationIsWhatIsPrinted() throws IOException {
    assertThat(block("```\n(cell mlstm.*?)```"))
        .isEqualTo(PartPrinter.explain(Cells.standard("mlstm", 4, 64, 2)));
  }

  @Test
  void everyFunctionIsDescribed() throws IOException {
    assertThat(Files.readString(DOCUMENT)).contains(PartFunction.names());
  }

  private static String block(String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
