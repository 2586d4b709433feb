package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule to stop, in a run and in a grid: steps so large that validation soon rises. */
class EarlyStopTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "a word and a window ".repeat(30));
    Files.writeString(folder.resolve("b.txt"), "8 layers; 7 states ".repeat(5));
    Files.writeString(
        folder.resolve("m.swax"),
        """
        edition 1
        import "std/models"
        model tiny = swa_only(width: 16, blocks: 1, heads: 2, window: 8)
        model other = swa_only(width: 16, blocks: 1, heads: 2, window: 4)
        data text { files = ["a.txt"] validation = ["b.txt"] }
        train main {
          model = other
          data = text
          seq = 32 tok
          batch = 64 tok
          budget = 40 step
          validate_every = 1 step
          stop = when validation stalls for 2
          lr = constant(rate: 1e-1)
          sample_tokens = 4 tok
        }
        grid g {
          using main
          column "tiny" = tiny
          row ppl = perplexity(text)
        }
        """);
  }

  private Run swax(String... arguments) {
    Run run = Run.in(folder, arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  /** The validations of a run: steps and losses. */
  private static List<double[]> validations(Path run) throws IOException {
    List<double[]> found = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode node = JSON.readTree(line);
      if (node.has("validation")) {
        found.add(
            new double[] {node.path("step").asLong(), node.at("/validation/loss").asDouble()});
      }
    }
    return found;
  }

  @Test
  void aRunEndsAtItsLowestAndGoesOnWithoutTheRule() throws IOException {
    Path run = folder.resolve("run");
    Run ended = swax("train", "m.swax", "--model", "tiny", "--run-dir", "run", "--threads", "1");
    List<double[]> all = validations(run);
    double[] lowest = all.get(all.size() - 3);
    String said =
        "ended early at step %.0f: validation has not fallen for 2 measurements; the weights are those of step %.0f"
            .formatted(all.getLast()[0], lowest[0]);
    assertThat(all.getLast()[0]).isLessThan(40);
    assertThat(all).allMatch(each -> each[1] >= lowest[1]);
    assertThat(ended.err()).contains(said);
    assertThat(JSON.readTree(run.resolve("manifest.json").toFile()).at("/endedEarly/step").asLong())
        .isEqualTo((long) all.getLast()[0]);
    Run again = swax("resume", "run", "--threads", "1");
    assertThat(again.err()).contains(said).doesNotContain("continuing");
    assertThat(again.out()).isEqualTo(ended.out());
    assertThat(swax("eval", "run").err()).contains("note: the run " + said);

    Run on = swax("resume", "run", "--set", "train.stop=none", "--threads", "1");
    assertThat(on.err())
        .contains("train.stop = not set, was when validation stalls for 2")
        .contains("continuing after step %.0f of 40".formatted(lowest[0]));
    assertThat(validations(run).getLast()[0]).isEqualTo(40);
    assertThat(JSON.readTree(run.resolve("manifest.json").toFile()).has("endedEarly")).isFalse();
  }

  @Test
  void aCellThatEndedEarlyIsFinishedAndSaysSo() throws IOException {
    assertThat(swax("grid", "plan", "m.swax").out()).contains("left to compute: at most ");
    List<String> cells = new ArrayList<>();
    for (JsonNode cell :
        JSON.readTree(swax("grid", "plan", "m.swax", "--json").out()).get("cells")) {
      cells.add(cell.get("id").asText());
    }
    for (String cell : cells) {
      swax("grid", "cell", "m.swax", "--cell", cell, "--threads", "1");
    }
    Path place = folder.resolve("grids/g/cells");
    List<double[]> all = validations(place.resolve(cells.getFirst()).resolve("run"));
    String mark = "ended early at step %.0f".formatted(all.getLast()[0]);
    assertThat(swax("grid", "status", "m.swax").out())
        .startsWith("2 cached\n")
        .contains("cached, " + mark);
    JsonNode trained = result(place, cells.getFirst());
    JsonNode planned =
        JSON.readTree(swax("grid", "plan", "m.swax", "--json").out()).get("cells").get(0);
    assertThat(trained.get("flops").asDouble())
        .isCloseTo(planned.get("flops").asDouble() * all.getLast()[0] / 40, within(1.0));
    double lowest = all.stream().mapToDouble(each -> each[1]).min().orElseThrow();
    assertThat(result(place, cells.getLast()).at("/metrics/loss/value").asDouble())
        .isCloseTo(lowest, within(1e-6));
    swax("grid", "report", "m.swax");
    assertThat(folder.resolve("grids/g/report/report.md"))
        .content()
        .contains(mark)
        .doesNotContain("steps are missing");
  }

  /** Two grids have one training, and one of them has it again without the rule. */
  @Test
  void gridsOfSeveralFilesShareATrainingThatEndsEarly() throws IOException {
    Files.writeString(
        folder.resolve("second.swax"),
        """
        edition 1
        import "m.swax"
        train whole = main with { stop = none }
        grid second {
          using main
          column "tiny" = tiny
          column "whole" = trained(tiny, using: whole)
          row ppl = perplexity(text)
        }
        """);
    Files.writeString(
        folder.resolve("all.swax"), "edition 1\nimport \"m.swax\"\nimport \"second.swax\"\n");
    assertThat(swax("grid", "plan", "all.swax").out())
        .contains("grid g: 1 column, 1 row, 2 cells\n")
        .contains("grid second: 2 columns, 1 row, 4 cells, 2 of them above\n");
    JsonNode cells = JSON.readTree(swax("grid", "plan", "all.swax", "--json").out()).get("cells");
    String shared = cells.get(0).get("id").asText();
    swax("grid", "cell", "all.swax", "--cell", shared, "--threads", "1");
    for (String grid : List.of("g", "second")) {
      assertThat(swax("grid", "status", "all.swax", "--grid", grid).out())
          .as(grid)
          .containsOnlyOnce("cached, ended early at step ");
    }
  }

  private static JsonNode result(Path place, String cell) throws IOException {
    return JSON.readTree(place.resolve(cell).resolve("result.json").toFile());
  }
}
