package dev.swax.grid.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.testing.Grids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of this machine is started with, and what is known of its end. */
class LocalLauncherTest {
  private static final GridCells CELLS =
      Grids.cells(
          """
          using main
          column "{w}" for w in [4] = lm(window: w)
          row recall = score(pairs, examples: 10)
          """);
  private static final Cell CELL = CELLS.all().getFirst();

  @TempDir Path path = Path.of("");

  @Test
  void aPrefixHandsOnTheCommand() throws IOException {
    CellProcess process =
        launcher(List.of("env", "SWAX_TEST=handed on"), "echo $SWAX_TEST; exit 3");
    assertThat(codeOf(process)).isEqualTo(3);
    assertThat(Files.readString(new GridFolder(path).cell(CELL.id()).log()))
        .isEqualTo("handed on\n");
    assertThat(process.lastWords()).isEqualTo("handed on");
  }

  @Test
  void withoutAPrefixTheCommandIsStartedItself() {
    CellProcess process = launcher(List.of(), "echo error: full; echo of it");
    assertThat(codeOf(process)).isZero();
    assertThat(process.lastWords()).isEqualTo("full\nof it");
  }

  @Test
  void aPrefixThatIsNoProgramIsTheUsersToPutRight() {
    CellProcess process = launcher(List.of("no-such-program"), "true");
    assertThat(codeOf(process)).isEqualTo(2);
    assertThat(process.lastWords())
        .startsWith("cannot start training of 4, seed 1: ")
        .contains("no-such-program");
  }

  private CellProcess launcher(List<String> prefix, String script) {
    return new LocalLauncher(new GridFolder(path), prefix, _ -> List.of("sh", "-c", script))
        .start(List.of(List.of(CELL)))
        .getFirst();
  }

  private static int codeOf(CellProcess process) {
    while (process.exitCode().isEmpty()) {
      Thread.onSpinWait();
    }
    return process.exitCode().getAsInt();
  }
}
