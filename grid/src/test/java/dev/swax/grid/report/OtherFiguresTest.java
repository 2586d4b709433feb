package dev.swax.grid.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report removes of what was there. */
class OtherFiguresTest {
  @TempDir Path folder = Path.of("");

  @Test
  void figuresOfTheReportBeforeGoAndForeignFilesStay() throws IOException {
    new Reports(Samples.ablation()).write(folder);
    Path figures = folder.resolve("figures");
    Path drawing = Files.writeString(figures.resolve("my-drawing.svg"), "<svg/>");
    assertThat(figures).isDirectoryContaining("glob:**01-*.svg");
    new Reports(Samples.everyKind()).write(folder);
    try (var left = Files.list(figures)) {
      assertThat(left).containsExactly(drawing);
    }
  }
}
