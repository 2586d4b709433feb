package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid believes no file that is not as it was written, and says which. */
class AlteredGridTest {
  private static final String GRID =
      """
      edition 1
      import "std/models"
      data text { files = ["text/a.txt"] validation = ["text/b.txt"] }
      train small {
        data = text
        seq = 32 tok
        batch = 64 tok
        budget = 6 step
        lr = constant(rate: 1e-2)
        validation_tokens = 64 tok
        checkpoint_every = 3 step
        sample_tokens = 4 tok
      }
      grid g {
        using small
        column "tiny" = swa_only(width: 32, blocks: 2, window: 8)
        row ppl = perplexity(text)
        figure "Training" = curves()
      }
      """;

  private static final String WEIGHTS = "run/checkpoints/00000006/model.safetensors";

  @TempDir Path folder = Path.of("");

  private static Path computed = Path.of("");
  private static List<String> cells = List.of();

  @BeforeAll
  static void compute(@TempDir Path place) throws IOException {
    computed = place;
    Files.createDirectories(computed.resolve("text"));
    Files.writeString(computed.resolve("text/a.txt"), "a word and a window ".repeat(30));
    Files.writeString(computed.resolve("text/b.txt"), "a layer and a state ".repeat(20));
    Files.writeString(computed.resolve("g.swax"), GRID);
    cells = cells(computed);
    for (String cell : cells) {
      Run run = cell(computed, cell);
      assertThat(run.code()).as(run.err()).isZero();
    }
  }

  @BeforeEach
  void copy() throws IOException {
    Folders.copy(computed, folder);
  }

  @Test
  void anEditedResultIsNamedAndComputedAnew() throws IOException {
    Path result = file(cells.getLast(), "result.json");
    String before = Files.readString(result);
    Files.writeString(result, before.replaceFirst("\"value\" : \\d", "\"value\" : 9"));
    Run status = grid("status");
    assertThat(status.code()).isZero();
    assertThat(status.out())
        .contains("1 damaged", "result.json is damaged: its checksum does not fit");
    Run report = grid("report");
    assertThat(report.code()).isZero();
    assertThat(report.out()).contains("missing: ppl: its result.json is damaged");
    assertThat(cell(folder, cells.getLast()).code()).isZero();
    assertThat(grid("status").out()).isEqualTo("2 cached\n");
  }

  @Test
  void anEmptiedResultIsNamedAndComputedAnew() throws IOException {
    for (String cell : cells) {
      Files.writeString(file(cell, "result.json"), "");
    }
    assertThat(grid("status").out())
        .contains(
            "2 damaged", "result.json is damaged: it is empty; `swax grid run` computes it again");
    assertThat(grid("report").out())
        .contains(
            "missing: ppl: its result.json is damaged: it is empty",
            "training of tiny, seed 1: its result.json is damaged: it is empty");
    Run run = grid("run");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("ppl of tiny, seed 1: result.json is damaged: it is empty; it is computed again");
    assertThat(grid("status").out()).isEqualTo("2 cached\n");
  }

  @Test
  void aDeletedResultIsToRunAgain() throws IOException {
    Files.delete(file(cells.getLast(), "result.json"));
    assertThat(grid("status").out()).isEqualTo("1 to run, 1 cached\n");
    assertThat(grid("report").err())
        .isEqualTo("1 of 2 cells have no result; `swax grid status` says why\n");
  }

  /** As where results were brought from elsewhere, without what they came from. */
  @Test
  void aModelWhoseRunIsGoneIsTrainedAgainWhereAMeasureNeedsIt() throws IOException {
    byte[] weights = Files.readAllBytes(file(cells.getFirst(), WEIGHTS));
    Disk.deleteTree(file(cells.getFirst(), "run"));
    assertThat(grid("status").out()).isEqualTo("2 cached\n");
    assertThat(grid("report").out())
        .contains(
            "the results of 1 of 1 trainings are here without their runs, so their curves are missing");
    assertThat(Files.readString(folder.resolve("grids/g/report/report.md")))
        .contains("its run is not here");

    Files.writeString(
        folder.resolve("g.swax"),
        GRID.replace("row ppl", "row bits = perplexity(text, \"bits\", at: 1..16)\n  row ppl"));
    assertThat(grid("status").out())
        .isEqualTo(
            """
            1 to run, 1 stale, 1 cached
              training of tiny, seed 1: stale: its weights are gone, and a measure needs them
            """);
    Run run = grid("run");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("training of tiny, seed 1: its weights are gone; it is computed again");
    assertThat(grid("status").out()).isEqualTo("3 cached\n");
    assertThat(file(cells.getFirst(), WEIGHTS)).hasBinaryContent(weights);
  }

  @Test
  void whatIsTrainedInPartIsNotMeasured() throws IOException {
    Files.delete(file(cells.getLast(), "result.json"));
    Files.writeString(file(cells.getFirst(), WEIGHTS), "damaged");
    cell(folder, cells.getLast())
        .isRefused("cannot be used; the newest that can is of step 3", "result.json");
    Files.delete(file(cells.getFirst(), "result.json"));
    for (String cell : cells) {
      assertThat(cell(folder, cell).code()).isZero();
    }
  }

  @Test
  void aMeasureOfAnAlteredRunIsRefused() throws IOException {
    Files.delete(file(cells.getLast(), "result.json"));
    Path source = file(cells.getFirst(), "run/run.swax");
    Files.writeString(source, Files.readString(source).replace("window: 8", "window: 4"));
    cell(folder, cells.getLast()).isRefused("run.swax has changed since the run began");
  }

  @Test
  void aDamagedLineOfMetricsIsNamed() throws IOException {
    Path metrics = file(cells.getFirst(), "run/metrics.jsonl");
    Files.writeString(
        metrics, Files.readString(metrics).replaceFirst("\"loss\":\\d", "\"loss\":9"));
    assertThat(grid("report").out())
        .contains("damaged lines of its metrics.jsonl, which are missing in its curve: 1");
  }

  @Test
  void aFileOfMetricsThatIsCutShortIsNamed() throws IOException {
    Path metrics = file(cells.getFirst(), "run/metrics.jsonl");
    List<String> lines = Files.readAllLines(metrics);
    Files.writeString(metrics, String.join("\n", lines.subList(0, 3)));
    assertThat(grid("report").out()).contains("of 6 steps are missing in its metrics.jsonl");
  }

  @Test
  void aRunWhoseManifestIsDamagedIsNamed() throws IOException {
    Path manifest = file(cells.getFirst(), "run/manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"seed\"", "\"sead\""));
    assertThat(grid("report").out()).contains("its run has changed since it was written");
  }

  private Path file(String cell, String name) {
    return folder.resolve("grids/g/cells").resolve(cell).resolve(name);
  }

  private Run grid(String verb) {
    return Run.in(folder, "grid", verb, folder.resolve("g.swax").toString());
  }

  /** The cells of the grid, training first. */
  private static List<String> cells(Path place) throws IOException {
    Run plan = Run.in(place, "grid", "plan", place.resolve("g.swax").toString(), "--json");
    assertThat(plan.code()).as(plan.err()).isZero();
    List<String> ids = new ArrayList<>();
    for (JsonNode cell : new JsonMapper().readTree(plan.out()).get("cells")) {
      ids.add(cell.get("id").asText());
    }
    return ids;
  }

  private static Run cell(Path place, String id) {
    return Run.in(place, "grid", "cell", place.resolve("g.swax").toString(), "--cell", id);
  }
}
