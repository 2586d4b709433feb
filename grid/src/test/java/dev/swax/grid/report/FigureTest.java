package dev.swax.grid.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.swax.grid.report.chart.Axis;
import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.Column;
import dev.swax.grid.result.Course;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Figure;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Row;
import dev.swax.grid.result.TrainedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What figures show, and what their captions say that they leave out. */
class FigureTest {
  @Test
  void numbersFarApartStandByTheirLogarithm() {
    AxisScale scale = new AxisScale("n", List.of("256", "512", "16384", "512"));
    assertThat(scale.position("512")).isEqualTo(9);
    assertThat(labels(scale)).containsExactly("256", "512", "16Ki");
  }

  @Test
  void unitsAreNotInTheWay() {
    AxisScale scale = new AxisScale("n", List.of("1024 tok", "4096 tok"));
    assertThat(scale.position("4096 tok")).isEqualTo(12);
  }

  @Test
  void numbersNearEachOtherStandAsTheyAre() {
    AxisScale scale = new AxisScale("p", List.of("0.5", "0.75", "0.9"));
    assertThat(scale.position("0.75")).isEqualTo(0.75);
  }

  @Test
  void wordsStandInTheirOrder() {
    AxisScale scale = new AxisScale("w", List.of("2048", "stochastic", "128"));
    assertThat(scale.position("stochastic")).isEqualTo(1);
    assertThat(scale.position("128")).isEqualTo(2);
  }

  @Test
  void manyNumbersHaveFewerLabels() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      values.add(Integer.toString(100 + 100 * i));
    }
    assertThat(labels(new AxisScale("n", values))).hasSizeLessThan(12);
  }

  private static List<String> labels(AxisScale scale) {
    return scale.axis().ticks().stream().map(Axis.Tick::label).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "recall n={n}, n, recall",
    "at a={a} b={b}, a, at",
    "SWAX:{w}, w, SWAX",
    "'rotary, {w}, 2400 steps', w, 'rotary, w, 2400 steps'",
    "recall at {n} tokens, n, recall at n tokens",
    "code at {a} to {b}, a, code at a to b",
    "{n}, n, n",
    "other, n, other",
  })
  void aLineIsNamedByWhatItsLabelsShare(String line, String axis, String kind) {
    assertThat(AxisKind.of(line, axis)).isEqualTo(kind);
  }

  @Test
  void twoLinesDoNotShareAName() {
    assertThat(AxisKind.of(List.of("swax {w}", "swax:{w}", "swax:{w}", "memory {w}"), "w"))
        .containsExactly(
            entry("swax {w}", "swax w"),
            entry("swax:{w}", "swax:w"),
            entry("memory {w}", "memory"));
  }

  @ParameterizedTest
  @CsvSource({"1e-4, 1e-3", "1e-6, 0.1", "0.25, 1e2"})
  void ratesAreNumbersHoweverTheyAreWritten(String small, String large) {
    AxisScale scale = new AxisScale("r", List.of(large, small));
    assertThat(scale.position(small))
        .isCloseTo(Math.log(Double.parseDouble(small)) / Math.log(2), within(1e-9));
    assertThat(scale.position(large)).isGreaterThan(scale.position(small));
    assertThat(scale.axis().label()).endsWith("(logarithmic)");
  }

  @Test
  void numbersBelowZeroStandInTheirOrder() {
    AxisScale scale = new AxisScale("b", List.of("1", "-8", "0"));
    assertThat(scale.position("-8")).isEqualTo(-8);
    assertThat(scale.axis().label()).isEqualTo("b");
  }

  @Test
  void manyRatesHaveTheirPowersOfTwoWrittenOut() {
    List<String> rates = IntStream.rangeClosed(1, 12).mapToObj(i -> "1e-" + i).toList();
    assertThat(new AxisScale("r", rates).axis().ticks())
        .extracting(Axis.Tick::label)
        .doesNotHaveDuplicates();
  }

  @Test
  void entriesWithoutANumberInterruptTheirLineAndAreNamed() {
    GridResult result = Samples.ablation();
    FigurePlots.Titled titled =
        new FigurePlots(result)
            .againstRows("t", new FigurePlots.Across("n", null), List.of(0, 1, 2, 3))
            .getFirst();
    Plot.Series interrupted = titled.plot().series().get(1);
    assertThat(interrupted.points().get(3).y()).isNaN();
    assertThat(titled.caption()).contains("SWAX:256 at 2048 (failed)");
  }

  @Test
  void barsAreTheSpreadOverSeedsElseTheStandardError() {
    assertThat(Gaps.spread(new Entry.Value(2, List.of(1.0, 3.0), 9, 0.5, null)))
        .isEqualTo(Math.sqrt(2));
    assertThat(Gaps.spread(new Entry.Value(2, List.of(2.0), 9, 0.5, null))).isEqualTo(0.5);
    assertThat(Gaps.spread(new Entry.Value(2, List.of(2.0), 0, Double.NaN, null))).isZero();
  }

  @Test
  void rowsOfDifferentKindsHaveAPlotEach() {
    List<Row> rows =
        List.of(
            Samples.row("single n=1", "n", "1", Row.Better.HIGHER, null),
            Samples.row("multi n=1", "n", "1", Row.Better.HIGHER, null),
            Samples.row("single n=8", "n", "8", Row.Better.HIGHER, null));
    List<List<Entry>> entries =
        List.of(
            List.of(Samples.exact(1, null)),
            List.of(Samples.exact(2, null)),
            List.of(Samples.exact(3, null)));
    GridResult result =
        new GridResult(
            "g",
            "g",
            List.of(Samples.column("m")),
            rows,
            entries,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(
            new FigurePlots(result)
                .againstRows("t", new FigurePlots.Across("n", null), List.of(0, 1, 2)))
        .extracting(FigurePlots.Titled::title)
        .containsExactly("t: single", "t: multi");
  }

  @Test
  void printedValuesStandBesideOursAndAloneWhereWeHaveNone() {
    Entry.Reference printed = new Entry.Reference(3, 0.5);
    List<Row> rows = List.of(Samples.row("short", Row.Better.LOWER, null));
    List<Column> columns =
        List.of(Samples.column("a:1", "w", "1"), Samples.column("b:1", "w", "1"));
    List<Entry> entries = List.of(Samples.exact(2, printed), new Entry.Missing(null, printed));
    GridResult result =
        new GridResult(
            "g",
            "g",
            columns,
            rows,
            List.of(entries),
            "refs.csv",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    FigurePlots plots = new FigurePlots(result);
    FigurePlots.Titled lines =
        plots.againstColumns("t", new FigurePlots.Across("w", null), List.of(0)).getFirst();
    assertThat(lines.plot().series())
        .extracting(Plot.Series::label)
        .containsExactly("a", "a, printed", "b, printed");
    assertThat(lines.plot().series()).extracting(Plot.Series::identity).containsExactly(0, 0, 1);
    assertThat(lines.caption()).contains("Hollow marks").contains("b:1 at 1 (not run)");
    FigurePlots.Titled scatter = plots.scatter("t", 0, 0);
    assertThat(scatter.plot().series())
        .extracting(Plot.Series::label)
        .containsExactly("a:1", "", "b:1");
  }

  @Test
  void longCurvesAreAveragedNotCut() {
    List<TrainedRun.Point> curve = new ArrayList<>();
    for (int step = 1; step <= 1000; step++) {
      curve.add(new TrainedRun.Point(step, step % 2));
    }
    TrainedRun run = new TrainedRun("m", 1, "id", null, curve);
    FigurePlots.Titled titled = new CoursePlots(Course.LOSS, List.of("m"), List.of(run)).plot("t");
    List<Plot.Point> points = titled.plot().series().getFirst().points();
    assertThat(points).hasSize(200);
    assertThat(points.getLast().x()).isEqualTo(0.998);
    assertThat(points).allMatch(point -> Math.abs(point.y() - 0.5) <= 0.1 + 1e-12);
    assertThat(titled.caption()).contains("mean over neighbouring steps");
  }

  @Test
  void manyColumnsAreAlsoDrawnByThemselves() {
    List<String> columns = new ArrayList<>();
    List<TrainedRun> runs = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      columns.add("m" + i);
      for (int seed = 1; seed <= 2; seed++) {
        var last = new TrainedRun.Point(2_000_000, 1 + i);
        runs.add(
            new TrainedRun("m" + i, seed, "id", null, List.of(new TrainedRun.Point(1, 9), last)));
      }
    }
    var panels = new CoursePlots(Course.LOSS, columns, runs).panels();
    assertThat(panels.keySet()).containsExactlyElementsOf(columns);
    Plot first = panels.firstEntry().getValue();
    assertThat(panels.values()).extracting(Plot::x).containsOnly(first.x());
    assertThat(panels.values()).extracting(Plot::y).containsOnly(first.y());
    Plot last = panels.lastEntry().getValue();
    assertThat(last.series()).hasSize(2).extracting(Plot.Series::identity).containsOnly(13);
    assertThat(new CoursePlots(Course.LOSS, columns.subList(0, 4), runs.subList(0, 8)).panels())
        .isEmpty();
  }

  @Test
  void smoothCurvesKeepTheirBeginning() {
    List<TrainedRun.Point> curve = new ArrayList<>();
    for (int step = 0; step < 200; step++) {
      curve.add(new TrainedRun.Point(step, step % 2 == 0 ? 2 : 4));
    }
    TrainedRun run = new TrainedRun("m", 1, "id", null, curve);
    List<Plot.Point> points =
        new CoursePlots(Course.LOSS, List.of("m"), List.of(run))
            .plot("t")
            .plot()
            .series()
            .getFirst()
            .points();
    assertThat(points.getFirst().y()).isEqualTo(2);
    assertThat(points.subList(4, 200)).allMatch(point -> Math.abs(point.y() - 3) < 0.25);
  }

  @Test
  void aColumnWithoutAPlaceOnTheAxisIsALineAcross() {
    GridResult result =
        new GridResult(
            "g",
            "g",
            List.of(
                Samples.column("a:1", "w", "1"),
                Samples.column("a:3", "w", "3"),
                Samples.column("full"),
                Samples.column("none")),
            List.of(Samples.row("loss", Row.Better.LOWER, null)),
            List.of(
                List.of(
                    Samples.exact(2, null),
                    Samples.exact(1, null),
                    Samples.exact(1.5, null),
                    new Entry.Missing(null, null))),
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    FigurePlots.Titled titled =
        new FigurePlots(result)
            .againstColumns("t", new FigurePlots.Across("w", "window in tokens"), List.of(0))
            .getFirst();
    Axis across = titled.plot().x();
    assertThat(across.label()).isEqualTo("w: window in tokens");
    Plot.Series level = titled.plot().series().getLast();
    assertThat(level.label()).isEqualTo("full");
    assertThat(level.look()).isEqualTo(Plot.Look.LEVEL);
    assertThat(level.points()).extracting(Plot.Point::y).containsExactly(1.5, 1.5);
    assertThat(level.points())
        .extracting(Plot.Point::x)
        .containsExactly(across.lower(), across.upper());
    assertThat(titled.caption()).contains("Lines without marks", "none (not run)");
  }

  @Test
  void aRunThatDidNotMeasureACourseIsNamed() {
    var run = new TrainedRun("m", 1, "id", null, List.of(new TrainedRun.Point(1, 2)));
    var titled = new CoursePlots(Course.STATE, List.of("m"), List.of(run)).plot("t");
    assertThat(titled.caption()).contains("Nothing measured: m, seed 1 (id).");
    assertThat(titled.plot().series()).isEmpty();
  }

  @Test
  void aFigureOfAGridThatDidNotRunYetIsDrawnAndSaysSo() {
    GridResult empty = Samples.single(new Entry.Missing(null, null));
    GridResult result =
        new GridResult(
            "g",
            "g",
            empty.columns(),
            empty.rows(),
            empty.entries(),
            null,
            List.of(new Figure.Curves("Loss", Course.LOSS), new Figure.Scatter("Both", 0, 0)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    List<Report.Drawing> drawings = Drawings.of(result);
    assertThat(drawings)
        .extracting(Report.Drawing::file)
        .containsExactly("01-loss.svg", "02-both.svg");
    assertThat(drawings).allSatisfy(d -> assertThat(d.svg()).contains("no values yet"));
    assertThat(drawings.getLast().caption()).isEqualTo("None of ours has a value yet.");
  }
}
