package dev.swax.grid.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.grid.testing.Grids;
import org.junit.jupiter.api.Test;

/** A cut trains nothing, and its results are its own. */
class CutCellsTest {
  @Test
  void aCutSharesTheTrainingAndNotTheMeasure() {
    GridCells cells =
        Grids.cells(
            """
            using main
            column "whole" = lm()
            column "cut" = cut(lm(), window)
            column "mean" = cut(lm(), window, by: mean)
            column "layers" = cut(lm(), layers: [1, 0])
            row x = score(pairs, examples: 10)
            """);
    assertThat(cells.trainings()).hasSize(1);
    assertThat(cells.evaluations())
        .extracting(Cell.Evaluation::id)
        .doesNotHaveDuplicates()
        .hasSize(4);
    assertThat(cells.evaluations())
        .extracting(cell -> String.valueOf(cell.identity().lines().get("cut")))
        .containsExactly("null", "window", "window=mean", "layers 0,1");
  }
}
