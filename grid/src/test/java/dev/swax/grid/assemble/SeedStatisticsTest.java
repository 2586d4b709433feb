package dev.swax.grid.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Expectation;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Range;
import dev.swax.grid.statistics.Estimate;
import dev.swax.grid.statistics.Paired;
import dev.swax.grid.statistics.Wilson;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import dev.swax.grid.testing.Grids;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows over seeds and examples, and columns that choose. */
class SeedStatisticsTest {
  private static final String LINES =
      """
      using main
      seeds = [1, 2, 3, 4]
      column "a" = lm(window: 4)
      column "b" = lm(window: 8)
      row x = score(pairs, examples: 2)
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void aRateHasWilsonsIntervalAndIsScaledWithIt() {
    GridResult result = result("row solved = rate(x > 0.5) * 100\n", c -> c.seed() < 4 ? 1 : 0);
    Estimate estimate = Wilson.of(List.of(1.0, 1.0, 1.0, 0.0));
    Entry.Value value = (Entry.Value) result.entry(1, 0);
    assertThat(value.mean()).isEqualTo(75);
    assertThat(value.range())
        .isEqualTo(new Range(estimate.low() * 100, estimate.high() * 100, Double.NaN, 4, false));
    assertThat(value.standardError()).isNaN();
  }

  @Test
  void columnsAreComparedSeedBySeed() {
    GridResult result =
        result(
            "row gain = difference(x, x[\"b\"])\n",
            c -> c.column().equals("a") ? c.seed() * c.seed() : c.seed());
    Estimate estimate = Paired.of(List.of(0.0, 2.0, 6.0, 12.0));
    Entry.Value value = (Entry.Value) result.entry(1, 0);
    assertThat(value.range())
        .isEqualTo(new Range(estimate.low(), estimate.high(), estimate.p(), 4, false));
    assertThat(((Entry.Value) result.entry(1, 1)).mean()).isZero();
  }

  @Test
  void columnsAreComparedExampleByExample() {
    GridResult result =
        result(
            "row gain = difference(x, x[\"b\"], over: examples) * 100\n",
            c -> c.column().equals("a") ? 0.5 : 0.25);
    Entry.Value value = (Entry.Value) result.entry(1, 0);
    assertThat(value.mean()).isEqualTo(25);
    assertThat(value.range()).isEqualTo(new Range(25, 25, 0.5, 2, true));
  }

  @Test
  void examplesWithoutAFiniteValueHaveNoDifference() {
    GridCells cells =
        Grids.cells(
            LINES
                + """
                row ratio = x / x
                row gain = difference(ratio, ratio["b"], over: examples)
                expect p(gain["a"]) < 0.05
                """);
    cells.evaluations().forEach(cell -> finish(cell, 0.5, List.of(0.0, 1.0)));
    GridResult result = Assembly.of(cells, new GridFolder(folder));
    assertThat(((Entry.Value) result.entry(1, 0)).mean()).isEqualTo(1);
    assertThat(result.entry(2, 0))
        .isEqualTo(new Entry.NotApplicable("an example has no finite value", null));
    assertThat(result.expectations().getFirst().verdict()).isEqualTo(Expectation.Verdict.OPEN);
  }

  @Test
  void sumsAndMeansOfRowsAreComparedExampleByExample() {
    GridResult result =
        result(
            """
            row both = difference(mean(x, 3 * x), x["b"], over: examples)
            row least = difference(min(x, 3 * x), x["b"], over: examples)
            """,
            c -> c.column().equals("a") ? 0.5 : 0.25);
    assertThat(((Entry.Value) result.entry(1, 0)).range())
        .isEqualTo(new Range(0.75, 0.75, 0.5, 2, true));
    assertThat(result.entry(2, 0))
        .isEqualTo(
            new Entry.NotApplicable(
                "not all that it is made of has a value for each example", null));
  }

  @Test
  void meansThatTablesShowAsEqualAreEqualToChoicesAndExpectations() {
    GridResult result =
        measured(
            Grids.cells(
                choice("higher").replace("[1, 2]", "[1, 2, 3]") + "expect x[\"r 0.01\"] <= 0.2\n"),
            c -> (c.column().endsWith("0.02") ? c.seed() : 4 - c.seed()) / 10.0);
    assertThat(((Entry.Value) result.entry(0, 3)).seeds()).containsExactly(0.3, 0.2, 0.1);
    assertThat(result.expectations().getFirst().verdict()).isEqualTo(Expectation.Verdict.MET);
  }

  @Test
  void partsOfListsAreFoldedOneByOne() {
    GridResult result =
        result(
            """
            row least = min(n * x for n in [3, 1, 2])
            row most = max(n * x for n in [3, 1, 2] if n < 3)
            row all = sum(n * x for n in [3, 1, 2])
            row middle = mean(x, mean(n * x for n in [3, 1, 2]))
            """,
            _ -> 1);
    assertThat(List.of(1, 2, 3, 4))
        .extracting(row -> ((Entry.Value) result.entry(row, 0)).mean())
        .containsExactly(1.0, 2.0, 6.0, 1.5);
  }

  @Test
  void expectationsHoldForTheEndsOfIntervals() {
    GridResult result =
        result(
            """
            row solved = rate(x > 0.5)
            row gain = difference(x, x["b"])
            expect low(solved["a"]) > high(solved["b"])
            expect p(gain["a"]) < 0.05
            expect solved["a"] > 0.9
            """,
            c -> c.column().equals("a") ? 1 : 0);
    assertThat(result.expectations())
        .extracting(Expectation::verdict)
        .containsExactly(
            Expectation.Verdict.MET, Expectation.Verdict.NOT_MET, Expectation.Verdict.MET);
    assertThat(result.expectations().getLast().detail()).startsWith("1.0000 [0.51011, 1.0000] >");
  }

  @Test
  void aColumnTakesTheBestSettingAndSaysAmongHowMany() {
    GridResult result =
        chosen(
            "lower", c -> c.column().endsWith("0.01") ? 0.5 : c.column().endsWith("2") ? 0.7 : 2);
    assertThat(((Entry.Value) result.entry(0, 3)).mean()).isEqualTo(0.5);
    assertThat(((Entry.Value) result.entry(0, 3)).seeds()).hasSize(2);
    assertThat(result.shown()).containsExactly(3);
    assertThat(result.notes())
        .contains(
            "best: r = 0.01, the best of 3 by x (0.01: 0.50000, 0.02: 0.70000, 0.03: 2.0000).");
    assertThat(((Entry.Value) chosen("higher", Cell.Evaluation::seed).entry(0, 3)).seeds())
        .containsExactly(1.0, 2.0);
  }

  @Test
  void nothingIsChosenBeforeAllAreMeasured() {
    GridCells cells = Grids.cells(choice("lower"));
    finish(cells.evaluations().getFirst(), 1);
    GridResult result = Assembly.of(cells, new GridFolder(folder));
    assertThat(result.entry(0, 3)).isEqualTo(new Entry.Missing(null, null));
    assertThat(cells.trainings()).hasSize(6);
  }

  private GridResult chosen(String better, ToDoubleFunction<Cell.Evaluation> values) {
    return measured(Grids.cells(choice(better)), values);
  }

  private static String choice(String better) {
    return """
    using main
    seeds = [1, 2]
    column "r {r}" for r in [0.01, 0.02, 0.03] = trained(lm(), using: main with { lr = constant(rate: r) })
    column "best" = best("r {r}" over r, by: x)
    row x = score(pairs, examples: 2) %s
    """
        .formatted(better);
  }

  private GridResult result(String rows, ToDoubleFunction<Cell.Evaluation> values) {
    return measured(Grids.cells(LINES + rows), values);
  }

  private GridResult measured(GridCells cells, ToDoubleFunction<Cell.Evaluation> values) {
    cells.evaluations().forEach(cell -> finish(cell, values.applyAsDouble(cell)));
    return Assembly.of(cells, new GridFolder(folder));
  }

  private void finish(Cell.Evaluation cell, double value) {
    finish(cell, value, List.of(value, value));
  }

  private void finish(Cell.Evaluation cell, double value, List<Double> examples) {
    var metrics = new LinkedHashMap<String, Outcome.Metric>();
    metrics.put("accuracy", new Outcome.Metric(value, 2, 0.1, examples));
    new GridFolder(folder).cell(cell.id()).finish(new Outcome(metrics, 1, 1));
  }
}
