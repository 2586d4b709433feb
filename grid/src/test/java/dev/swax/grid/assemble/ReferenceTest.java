package dev.swax.grid.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.grid.plan.Contents;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.plan.Planner;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.testing.Grids;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a grid says of printed values. */
class ReferenceTest {
  @TempDir Path folder = Path.of("");

  @Test
  void columnsThatAreSwappedAreFound() throws IOException {
    GridCells plain = cells("");
    GridResult ours = Assembly.of(plain, new GridFolder(folder));
    String a = printed(ours, 0);
    String b = printed(ours, 1);
    String c = printed(ours, 2);
    write(",a,b,c\nk,%s,%s,%s\nx,,,\ny,,,\nmean,,,\ndouble,-,NA,\n".formatted(b, a, c));
    GridResult result = Assembly.of(cells("reference \"r.csv\""), new GridFolder(folder));
    assertThat(result.notes())
        .containsExactly(
            "k: 1 of 3 values agree with r.csv; not a, b.",
            "k: a and b look swapped in r.csv: ours are %s and %s, printed are %s and %s."
                .formatted(a, b, b, a));
  }

  @Test
  void aDigitThatBreaksAMeanIsFound() throws IOException {
    write(
        """
        metric,a,b,c
        k,,,
        x,70.10,68.24,28.71
        y,12.00,13.10,12.41
        mean,41.05,40.67,40.56
        double,,,
        """);
    GridResult result = Assembly.of(cells("reference \"r.csv\""), new GridFolder(folder));
    assertThat(result.notes())
        .containsExactly(
            "mean of c: printed is 40.56, but its parts as printed give 20.56; x printed as 28.71 "
                + "would be 68.71: it repairs this and is nearer to its row.");
  }

  @Test
  void whatNoDigitRepairsIsSaidToo() throws IOException {
    write(
        """
        metric,a,b,c
        k,,,
        x,70.10,68.24,68.71
        y,12.00,13.10,12.41
        mean,41.05,40.67,52.99
        double,,,
        """);
    GridResult result = Assembly.of(cells("reference \"r.csv\""), new GridFolder(folder));
    assertThat(result.notes())
        .containsExactly(
            "mean of c: printed is 52.99, but its parts as printed give 40.56; no single digit "
                + "repairs it.");
  }

  @Test
  void aReferenceThatLacksSomethingIsRefused() throws IOException {
    String rows = "k,,,\nx,,,\ny,,,\nmean,,,\n";
    write("metric,a,b\n");
    refused("r.csv has no column `c`, which the grid has");
    write("metric,a,b,c\n" + rows);
    refused("r.csv has no row `double`, which the grid has");
    write("metric,a,b,c\n" + rows + "double,1\n");
    refused("r.csv has no value in row `double`, column `b`: its line ends before");
    write("metric,a,b,c\n" + rows + "double,1,about 2,3\n");
    refused("r.csv has `about 2` in row `double`, column `b`, which is not a number");
    Files.delete(folder.resolve("r.csv"));
    refused("there is no file `%s`, the reference of a grid".formatted(folder.resolve("r.csv")));
  }

  @Test
  void candidatesOfAChoiceNeedNotBePrinted() throws IOException {
    write(",best\nx,0.5\n");
    GridResult result =
        Assembly.of(
            cellsOf(
                """
                using main
                column "w {w}" for w in [4, 8] = lm(window: w)
                column "best" = best("w {w}" over w, by: x)
                row x = score(pairs, examples: 10) higher
                reference "r.csv"
                """),
            new GridFolder(folder));
    assertThat(result.entry(0, 2).reference()).isEqualTo(new Entry.Reference(0.5, 0.05));
    assertThat(result.entry(0, 0).reference()).isNull();
  }

  @Test
  void theNoteAndTheTableAgreeAtTheEdgeOfATolerance() throws IOException {
    write(",a\nx,0.29\n");
    GridResult result =
        Assembly.of(
            cellsOf("column \"a\" = lm()\nrow x = 0.3 within 0.01\nreference \"r.csv\"\n"),
            new GridFolder(folder));
    assertThat(result.notes()).containsExactly("x: 1 of 1 values agree with r.csv.");
  }

  @Test
  void aQuotientByWhatRoundsToZeroMayBeAnything() throws IOException {
    write(",a\nx,10\ny,0\nz,100\n");
    GridResult result =
        Assembly.of(
            cellsOf(
                """
                column "a" = lm()
                row x = none
                row y = none
                row z = x / y
                reference "r.csv"
                """),
            new GridFolder(folder));
    assertThat(result.notes()).isEmpty();
  }

  @Test
  void aRowMayHaveItsOwnToleranceAndElseHasThatOfWhatIsPrinted() throws IOException {
    GridResult ours = Assembly.of(cells(""), new GridFolder(folder));
    double a = ((Entry.Value) ours.entry(0, 0)).mean();
    String rounded = String.format(Locale.ROOT, "%.1f", a + 0.04);
    write(",a,b,c\nk,%s,,\nx,,,\ny,,,\nmean,,,\ndouble,,,\n".formatted(rounded));
    assertThat(tolerance("", "reference \"r.csv\"")).isEqualTo(0.05);
    assertThat(tolerance("", "reference \"r.csv\" within 0.01")).isEqualTo(0.01);
    assertThat(tolerance(" within 0.2", "reference \"r.csv\" within 0.01")).isEqualTo(0.2);
  }

  private double tolerance(String ofRow, String reference) {
    String lines =
        AssemblyTest.LINES.replace("flops_per_token / 1e3", "flops_per_token / 1e3" + ofRow);
    GridResult result = Assembly.of(cellsOf(lines + reference), new GridFolder(folder));
    return Objects.requireNonNull(result.entry(0, 0).reference()).tolerance();
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Assembly.of(cells("reference \"r.csv\""), new GridFolder(folder)))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private static String printed(GridResult result, int column) {
    return String.format(Locale.ROOT, "%.3f", ((Entry.Value) result.entry(0, column)).mean());
  }

  private GridCells cells(String more) {
    return cellsOf(AssemblyTest.LINES + more);
  }

  private GridCells cellsOf(String lines) {
    String text = Grids.MODEL + "grid g {\n" + lines + "\n}\n";
    return Planner.plan(Grids.plan(folder.resolve("g.swax"), text), new Contents());
  }

  private void write(String table) throws IOException {
    Files.writeString(folder.resolve("r.csv"), table);
  }
}
