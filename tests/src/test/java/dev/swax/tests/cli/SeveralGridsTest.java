package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids of several files, computed as one. */
class SeveralGridsTest {
  private static final String MODELS =
      """
      edition 1
      let size = 32
      model lm(window: Window = 8) {
        width = size
        vocab = 64
        ffn = none
        layers = 2 * [swa(window: window, heads: 2)]
      }
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      train main {
        data = pairs
        seq = 32 tok
        batch = 64 tok
        budget = 3 step
        lr = constant(rate: 1e-2)
      }
      """;
  private static final String GRID =
      """
      edition 1
      import "models.swax"
      grid %s "The %s" {
        using main
        column "{w}" for w in %s = lm(window: w)
        row parameters = parameters
        row recall = score(pairs, examples: %d)
      }
      """;
  private static final String ALL =
      """
      edition 1
      import "models.swax"
      import "first.swax"
      import "second.swax"
      profile small {
        size = 16
      }
      """;

  private static final String FACTS =
      """
      edition 1
      import "models.swax"
      grid facts {
        column "a" = lm()
        row parameters = parameters
        expect parameters > 1
        expect parameters < 1
      }
      """;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    write("models.swax", MODELS);
    write("first.swax", GRID.formatted("first", "first", "[4, 8]", 2));
    write("second.swax", GRID.formatted("second", "second", "[8, 16]", 3));
    write("all.swax", ALL);
  }

  @Test
  void theGridsOfImportsArePlannedAsOneAndShareTheirTrainings() {
    Run run = swax("grid", "plan", "all.swax");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("grid first: 2 columns, 2 rows, 4 cells\n")
        .contains("grid second: 2 columns, 2 rows, 4 cells, 1 of them above\n")
        .contains("\n7 to run\n");
  }

  @Test
  void oneOfThemIsChosenByItsName() {
    Run run = swax("grid", "plan", "all.swax", "--grid", "second");
    assertThat(run.out()).startsWith("grid second: 2 columns, 2 rows, 4 cells\n");
    swax("grid", "plan", "all.swax", "--grid", "third")
        .isRefused("all.swax has no grid `third`", "one of first, second");
  }

  @Test
  void aTrainingThatTwoOfThemShareIsThereForBoth() {
    List<String> ids = ids();
    assertThat(ids).hasSize(7);
    String shared = ids.get(1);
    Run run = swax("grid", "cell", "all.swax", "--cell", shared, "--threads", "1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("grids/all/cells/" + shared + "/result.json")).exists();
    assertThat(swax("grid", "status", "all.swax").out()).isEqualTo("6 to run, 1 cached\n");
    for (String grid : List.of("first", "second")) {
      assertThat(swax("grid", "status", "all.swax", "--grid", grid).out())
          .as(grid)
          .isEqualTo("3 to run, 1 cached\n");
    }
    Run again = swax("eval", "grids/all/cells/" + shared + "/run", "--task", "pairs");
    assertThat(again.code()).as(again.err()).isZero();
  }

  @Test
  void trainBlocksMayBeInTheImportOfAnImport() throws IOException {
    write("all.swax", "edition 1\nimport \"first.swax\"\nimport \"second.swax\"\n");
    Run run = swax("grid", "run", "all.swax", "--grid", "first", "--threads", "1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(swax("grid", "status", "all.swax", "--grid", "first").out()).isEqualTo("4 cached\n");
  }

  @Test
  void eachHasItsReport() throws IOException {
    Run run = swax("grid", "report", "all.swax", "--profile", "small");
    assertThat(run.code()).as(run.err()).isZero();
    Path report = folder.resolve("grids/all/report");
    assertThat(Files.readString(report.resolve("first/report.md"))).contains("The first");
    assertThat(Files.readString(report.resolve("second/report.md"))).contains("The second");
    assertThat(run.err()).contains("7 of 7 cells have no result");
    assertThat(run.out()).contains(report.resolve("index.html").toString());
  }

  @Test
  void aPageOverAllReportsSaysHowMuchOfEachIsDone() throws IOException {
    write("facts.swax", FACTS);
    write("all.swax", ALL.replace("profile", "import \"facts.swax\"\nprofile"));
    String shared = ids().get(1);
    swax("grid", "cell", "all.swax", "--cell", shared, "--threads", "1");
    Path report = folder.resolve("grids/all/report");
    swax("grid", "report", "all.swax");
    assertThat(report.resolve("index.md"))
        .content()
        .isEqualTo(
            """
            # all

            | | cells done | expectations |
            |:---|---:|---:|
            | [The first](first/report.md) | 1 of 4 |  |
            | [The second](second/report.md) | 1 of 4 |  |
            | [facts](facts/report.md) | nothing to compute | 1 met, 1 NOT met |

            All together: 1 of 7. What grids share counts once.
            """);
    assertThat(report.resolve("index.html"))
        .content()
        .contains("<a href=\"second/report.html\">The second</a></th><td>1 of 4</td>");
    swax("grid", "report", "all.swax", "--grid", "first", "--out", "alone");
    assertThat(folder.resolve("alone/index.html")).doesNotExist();
  }

  @Test
  void aSettingHasToReachOneOfThem() {
    assertThat(swax("grid", "plan", "all.swax", "--set", "first.seeds=[1]").err()).isEmpty();
    swax("grid", "plan", "all.swax", "--set", "third.seeds=[1]")
        .isRefused("nothing here is called `third`");
  }

  @Test
  void twoOfOneNameAreRefused() throws IOException {
    write("second.swax", GRID.formatted("first", "second", "[8]", 3));
    swax("check", "all.swax")
        .isRefused("both first.swax and second.swax have a grid `first`", "another name");
  }

  @Test
  void aGridOfTheFileHidesThoseOfItsImports() throws IOException {
    write("all.swax", ALL + "grid own { column \"a\" = lm() row parameters = parameters }");
    assertThat(swax("grid", "plan", "all.swax").out())
        .startsWith("grid own: ")
        .doesNotContain("first");
  }

  private List<String> ids() {
    return Pattern.compile("\"id\" : \"([0-9a-f]+)\"")
        .matcher(swax("grid", "plan", "all.swax", "--json").out())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }
}
