package dev.swax.grid.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.Contents;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.plan.Planner;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Expectation;
import dev.swax.grid.result.Figure;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Row;
import dev.swax.grid.result.TrainedRun;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import dev.swax.grid.testing.Grids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of tables, and what the comparison with printed ones finds. */
class AssemblyTest {
  static final String LINES =
      """
      using main
      seeds = [1, 2]
      column "a" = lm(window: 4)
      column "b" = lm(window: 8)
      column "c" = lm(window: 16)
      row k = flops_per_token / 1e3
      row x = score(pairs, "accuracy", examples: 10)
      row y = none
      row mean = mean(x, y)
      row double = 2 * x - 1
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void whatTasksAssumeIsToldAsWhatModelsAssume() {
    GridCells cells =
        Grids.cells(
            Grids.MODEL.replace("pairs: 2", "pairs: 2 @assumed(\"pairs not stated\")")
                + "let far = [16, 32] @assumed(\"lengths not stated\")\n",
            """
            using main
            column "a" = lm(window: 4 @assumed("window not stated"))
            column "b" = lm(window: 8) @assumed("whole column")
            row "at {n}" for n in far =
              score(mqar(length: n, pairs: 2, vocab: 64 @assumed("tokens not stated")))
            row near = score(pairs, examples: 10 @assumed("how many not stated"))
            row percent = 100 * near @assumed("as a percentage")
            """);
    assertThat(Assembly.of(cells, new GridFolder(folder)).assumptions())
        .containsExactly(
            "window = 4: window not stated",
            "task.pairs = 2: pairs not stated",
            "g = lm(window: 8): whole column",
            "far = [16, 32]: lengths not stated",
            "g.at 16.vocab = 64: tokens not stated",
            "g.near = 10: how many not stated",
            "g.percent = 100 * near: as a percentage");
  }

  @Test
  void aValueHasItsSeedsAndTheErrorOfItsExamples() throws IOException {
    GridCells cells = cells("");
    double value = 0.25;
    for (Cell.Evaluation cell : cells.evaluations()) {
      if (cell.column().equals("a")) {
        finish(cell, value, 0.1);
        value += 0.5;
      }
    }
    GridResult result = Assembly.of(cells, new GridFolder(folder));
    Entry.Value doubled = (Entry.Value) result.entry(4, 0);
    assertThat(doubled.seeds()).containsExactly(-0.5, 0.5);
    assertThat(doubled.mean()).isZero();
    assertThat(doubled.standardError()).isCloseTo(0.2, within(1e-12));
    assertThat(doubled.samples()).isEqualTo(10);
    assertThat(result.entry(3, 0)).isEqualTo(new Entry.Missing("nothing here measures it", null));
    assertThat(result.entry(1, 1)).isEqualTo(new Entry.Missing(null, null));
    Entry.Value fact = (Entry.Value) result.entry(0, 0);
    assertThat(fact.seeds()).hasSize(1);
    assertThat(fact.samples()).isZero();
  }

  @Test
  void aFailureIsShownWhereItsValueWouldBe() throws IOException {
    GridCells cells = cells("");
    Cell.Training training = cells.trainings().getFirst();
    new GridFolder(folder)
        .cell(training.id())
        .fail(new CellFolder.Failure(2, 1, "it diverged\nat step 3"));
    GridResult result = Assembly.of(cells, new GridFolder(folder));
    assertThat(result.entry(1, 0))
        .isEqualTo(new Entry.Failed("its training failed: it diverged", null));
    assertThat(result.entry(4, 0)).isInstanceOf(Entry.Failed.class);
  }

  @Test
  void nothingIsExpectedOfAGridWithoutModels() {
    GridResult result =
        Assembly.of(
            cellsOf("column \"c\" = none\nrow x = none\nexpect x > 5\n"), new GridFolder(folder));
    assertThat(result.expectations())
        .containsExactly(
            new Expectation("x > 5", Expectation.Verdict.OPEN, "no column has a model"));
  }

  @Test
  void aColumnThatIsCutIsNotCutOnceMore() {
    GridCells cells =
        cellsOf(
            """
            using main
            column "a" = lm()
            column "cut" = cut(lm(), layers: [0])
            row x = score(pairs, examples: 10, cut: window)
            """);
    assertThat(cells.evaluations()).hasSize(1);
    assertThat(Assembly.of(cells, new GridFolder(folder)).entry(0, 1))
        .isEqualTo(
            new Entry.NotApplicable(
                "layers 0 is cut out of the column already, and one cut can be made", null));
  }

  @Test
  void whatATestedColumnIsKnownOfIsKnownAtItsWindow() {
    GridResult result =
        Assembly.of(
            cellsOf(
                """
                using main
                column "a" = lm(window: 4)
                column "a at 8" = tested(lm(window: 4), window: 8)
                column "b" = lm(window: 8)
                row k = flops_per_token
                row field = receptive_field
                row bytes = state_bytes
                """),
            new GridFolder(folder));
    for (int row = 0; row < 3; row++) {
      assertThat(result.entry(row, 1)).isEqualTo(result.entry(row, 2));
      assertThat(result.entry(row, 0)).isNotEqualTo(result.entry(row, 2));
    }
  }

  @Test
  void anExpectationIsMetOrNotOrOpen() throws IOException {
    GridCells cells =
        cells(
            """
            expect x["a"] < x["b"]
            expect x["a"] + 1 <= x["b"]
            expect k["a"] < k["c"]
            expect k >= k["b"]
            expect x > 0
            expect y["a"] < 1
            """);
    double value = 0.25;
    for (Cell.Evaluation cell : cells.evaluations()) {
      if (!cell.column().equals("c")) {
        finish(cell, value, 0.1);
        value += 0.125;
      }
    }
    GridResult result = Assembly.of(cells, new GridFolder(folder));
    assertThat(result.expectations())
        .extracting(Expectation::verdict)
        .containsExactly(
            Expectation.Verdict.MET,
            Expectation.Verdict.NOT_MET,
            Expectation.Verdict.MET,
            Expectation.Verdict.NOT_MET,
            Expectation.Verdict.OPEN,
            Expectation.Verdict.OPEN);
    assertThat(result.expectations())
        .extracting(Expectation::sentence)
        .contains(
            "met: x[\"a\"] < x[\"b\"] (0.31250 < 0.56250)",
            "NOT met: x[\"a\"] + 1 <= x[\"b\"] (1.3125 <= 0.56250)",
            "open: x > 0 (not run in c)",
            "open: y[\"a\"] < 1 (nothing here measures it)");
    assertThat(result.expectations().get(3).detail()).endsWith(" in a").doesNotContain(" in c");
  }

  @Test
  void aColumnWithoutAModelHasOnlyWhatIsPrinted() throws IOException {
    write(",a,theirs\nk,1.0,2.0\nx,,3.0\n");
    GridCells cells =
        cellsOf(
            """
            using main
            column "theirs" = none
            column "a" = lm(window: 4)
            row k = flops_per_token
            row x = score(pairs, examples: 10)
            reference "r.csv"
            expect k > 0
            expect score(pairs, examples: 20) > 0.5
            """);
    assertThat(cells.evaluations())
        .extracting(Cell::what)
        .containsExactly("x", "score(pairs, examples: 20) > 0.5");
    GridResult result = Assembly.of(cells, new GridFolder(folder));
    assertThat(result.entry(1, 0))
        .isEqualTo(
            new Entry.Missing(
                "the grid has no model for this column", new Entry.Reference(3, 0.05)));
    assertThat(result.missing())
        .containsExactly("k, x of theirs: the grid has no model for this column");
    assertThat(result.expectations())
        .extracting(Expectation::verdict)
        .containsExactly(Expectation.Verdict.MET, Expectation.Verdict.OPEN);
  }

  @Test
  void whatIsNotThereIsMissingAndSaysWhy() {
    GridCells cells =
        cellsOf(
            """
            using main
            column "a" = lm(window: 4)
            column "b" = lm(window: 8)
            row arc = score(choices(set: arc, file: "arc.jsonl"))
            row x = score(pairs, examples: 10)
            row mean = mean(arc, x)
            """);
    GridResult result = Assembly.of(cells, new GridFolder(folder));
    String reason = "there is no file `arc.jsonl`";
    assertThat(result.entry(0, 0)).isEqualTo(new Entry.Missing(reason, null));
    assertThat(result.entry(1, 0)).isEqualTo(new Entry.Missing(null, null));
    assertThat(result.missing()).containsExactly("arc, mean: " + reason);
  }

  @Test
  void axesAndValuesSayWhatTheyCount() {
    GridCells cells =
        cellsOf(
            """
            using main
            column "at {w}" for w in [4, 8] = lm(window: w)
            column "{d} wide" for d in [16, 32] = lm(window: 8) with { width = d }
            row k = flops_per_token / 1e3
            row "recall at {n}" for n in [32, 64] =
              score(mqar(length: n, pairs: 2, vocab: 64), examples: 10) * 100
            row "loss at {v}" for v in [1, 2] =
              v * score(mqar(length: 32, pairs: 2, vocab: 64), "loss", examples: 10)
            figure "a" = lines("recall at {n}", against: n)
            figure "b" = lines("recall at {n}", against: w)
            figure "c" = lines("recall at {n}", against: d)
            figure "d" = lines("loss at {v}", against: v)
            """);
    GridResult result = Assembly.of(cells, new GridFolder(folder));
    assertThat(result.rows())
        .extracting(Row::quantity)
        .startsWith("FLOPs per token / 1e3", "accuracy in %", "accuracy in %");
    assertThat(result.figures())
        .extracting(figure ->
            switch (figure) {
              case Figure.AgainstRows rows -> rows.quantity();
              case Figure.AgainstColumns columns -> columns.quantity();
              default -> "";
            })
        .containsExactly("tokens of an example", "window in tokens", "width", null);
  }

  @Test
  void aRunSaysItsSizesAndWhatItsResultRecorded() {
    GridCells cells = cells("");
    Cell.Training training = cells.trainings().getFirst();
    var when = Instant.parse("2026-01-02T23:59:59Z");
    new GridFolder(folder)
        .cell(training.id())
        .finish(new Outcome(new LinkedHashMap<>(), 128, 1, when, 0));
    List<TrainedRun> runs = Assembly.of(cells, new GridFolder(folder)).runs();
    assertThat(runs.getFirst().facts())
        .containsExactly(
            "width 16",
            "2 layers",
            "rate 0.01",
            "10 steps of 64 tokens",
            "2 min 8 s",
            "5 tokens/s",
            "ended 2026-01-02",
            "its run is not here");
    assertThat(runs.getLast().facts()).endsWith("10 steps of 64 tokens", "not begun");
  }

  private GridCells cells(String more) {
    return cellsOf(LINES + more);
  }

  private GridCells cellsOf(String lines) {
    String text = Grids.MODEL + "grid g {\n" + lines + "\n}\n";
    return Planner.plan(Grids.plan(folder.resolve("g.swax"), text), new Contents());
  }

  private void write(String table) throws IOException {
    Files.writeString(folder.resolve("r.csv"), table);
  }

  private void finish(Cell.Evaluation cell, double value, double error) {
    var metrics = new LinkedHashMap<String, Outcome.Metric>();
    metrics.put("accuracy", new Outcome.Metric(value, 10, error));
    new GridFolder(folder).cell(cell.id()).finish(new Outcome(metrics, 1, 1));
  }
}
