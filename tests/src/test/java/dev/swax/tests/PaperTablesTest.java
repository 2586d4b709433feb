package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.grid.assemble.Assembly;
import dev.swax.grid.plan.Contents;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.plan.Planner;
import dev.swax.grid.report.Reports;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.store.GridFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paper's tables as grids, before anything is trained. */
class PaperTablesTest {
  private static final Path TABLES = Golden.root().resolve("examples/paper");
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final Duration FOR_A_PLAN = Duration.ofSeconds(5);

  @TempDir Path folder;

  private static GridPlan grid(String name) {
    Path file = TABLES.resolve(name + ".swax");
    return Stages.analyze(HERE, HERE.resolve(HERE.relativize(file))).findGrid(name).orElseThrow();
  }

  private static GridCells plan(String name) {
    return Planner.plan(grid(name), new Contents());
  }

  private GridResult result(String name) {
    return Assembly.of(plan(name), new GridFolder(folder.resolve("cells of " + name)));
  }

  @ParameterizedTest
  @CsvSource({
    "table1, 8, 15, 8, 104",
    "table2, 6, 14, 6, 78",
    "table3, 6, 14, 3, 78",
    "table4, 6, 4, 6, 168",
    "table5, 9, 18, 9, 162",
    "table6, 3, 2, 3, 33",
  })
  void everyTableIsPlanned(String name, int columns, int rows, int trainings, int evaluations) {
    GridCells cells = plan(name);
    assertThat(cells.grid().columns()).hasSize(columns);
    assertThat(cells.grid().rows()).hasSize(rows);
    assertThat(cells.trainings()).hasSize(trainings);
    assertThat(cells.evaluations()).hasSize(evaluations);
  }

  @Test
  void theLargestTableIsPlannedInSeconds() {
    var clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime(); // others use the machine too
    plan("table5");
    assertThat(Duration.ofNanos(clock.getCurrentThreadCpuTime() - start)).isLessThan(FOR_A_PLAN);
  }

  /** Nothing is measured without its data, so the printed values stand alone. */
  @ParameterizedTest
  @ValueSource(strings = {"table1", "table2", "table4", "table5", "table6"})
  void everyPrintedValueIsInItsPlace(String name) throws IOException {
    GridResult result = result(name);
    List<String> lines = Files.readAllLines(TABLES.resolve("refs/" + name + ".csv"));
    List<String> columns = List.of(lines.getFirst().split(",", -1));
    for (int row = 0; row < result.rows().size(); row++) {
      String label = result.rows().get(row).label();
      List<String> line =
          lines.stream()
              .map(text -> List.of(text.split(",", -1)))
              .filter(values -> values.getFirst().equals(label))
              .findFirst()
              .orElseThrow();
      for (int column = 0; column < result.columns().size(); column++) {
        String printed = line.get(columns.indexOf(result.columns().get(column).label()));
        Entry.Reference reference = result.entry(row, column).reference();
        assertThat(reference == null ? "" : printed(reference, printed)).isEqualTo(printed);
      }
    }
  }

  /** With as many decimals as the text beside it. */
  private static String printed(Entry.Reference reference, String like) {
    int decimals = like.length() - like.indexOf('.') - 1;
    return String.format(Locale.ROOT, "%." + decimals + "f", reference.value());
  }

  @Test
  void operationsOfTable1AreComputedAndTwoOfThemFoundSwapped() throws IOException {
    GridResult result = result("table1");
    List<String> ours =
        result.entries().getFirst().stream()
            .map(entry -> String.format(Locale.ROOT, "%.3f", ((Entry.Value) entry).mean()))
            .toList();
    assertThat(ours)
        .containsExactly("6.174", "3.029", "2.978", "3.004", "3.016", "3.041", "3.092", "3.192");
    assertThat(result.notes())
        .anySatisfy(
            note -> assertThat(note).contains("xLSTM").contains("SWA:128").contains("swapped"));
    everyReportSays(result, "swapped");
  }

  @Test
  void theMisprintOfTable5IsFound() throws IOException {
    GridResult result = result("table5");
    assertThat(result.notes())
        .singleElement()
        .satisfies(note ->
            assertThat(note)
                .contains("SWAX 1.4B p=0.5 until 90%")
                .contains("ARC-e")
                .contains("28.71")
                .contains("68.71"));
    everyReportSays(result, "68.71");
  }

  /** Every average that the paper prints is that of its column, but for the one above. */
  @ParameterizedTest
  @ValueSource(strings = {"table2", "table4", "table6"})
  void nothingIsFoundWhereNothingIsWrong(String name) {
    assertThat(result(name).notes()).isEmpty();
  }

  private void everyReportSays(GridResult result, String words) throws IOException {
    Path reports = folder.resolve("reports");
    new Reports(result).write(reports);
    for (String name : List.of("report.html", "report.md", "report.tex")) {
      assertThat(Files.readString(reports.resolve(name))).as(name).contains(words);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"table1", "table2", "table3", "table4", "table5", "table6"})
  void whatThePaperDoesNotSayIsListed(String name) {
    assertThat(result(name).assumptions())
        .anySatisfy(sentence -> assertThat(sentence).contains("tokenizer not stated"));
  }
}
