package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of whose model a pathway is replaced by its mean. */
class MeanCutTest {
  private static final String FILE =
      """
      edition 1
      import "std/cells"
      import "std/models"
      model hybrid = swax(width: 16, blocks: 2, heads: 2, vocab: 64, window: 4) with {
        memory = mlstm(heads: 1)
      }
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      train main {
        model = hybrid
        data = pairs
        seq = 32 tok
        batch = 64 tok
        budget = 2 step
        lr = constant(rate: 1e-2)
      }
      """;

  private static final String GRID =
      """
      data text { files = ["a.txt"] validation = ["b.txt"] }
      model bytes = hybrid with { vocab = 256 }
      train small = main with { data = text model = bytes }
      grid g {
        using small
        column "whole" = bytes
        column "zero" = cut(bytes, memory, by: zero)
        column "mean" = tested(cut(bytes, memory, by: mean), window: 6)
        column "at 6" = tested(bytes, window: 6)
        row loss = perplexity(text, "loss")
        row "without {p}" for p in ["window"] = perplexity(text, "loss", cut: p, by: mean)
      }
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void whatStandsInItsPlaceIsTakenFromTheTraining() throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE);
    Run trained = swax("train", "m.swax", "--run-dir", "run");
    assertThat(trained.code()).as(trained.err()).isZero();
    Run mean = swax("eval", "run", "--task", "pairs", "--cut", "memory=mean");
    assertThat(mean.code()).as(mean.err()).isZero();
    assertThat(mean.err())
        .contains("the mean of memory is that over the first 1,024 tokens of its training");
    assertThat(mean.out()).contains("accuracy");
    swax("eval", "run", "--task", "pairs", "--cut", "memory", "--cut", "window")
        .isRefused("`--cut` is given twice, and one cut can be made");
    swax("eval", "run", "--examples", "4").isRefused("`--examples` belongs to `--task`");
    swax("eval", "run", "--task", "pairs", "--cut", "attention=mean")
        .isRefused("`hybrid` has no attention without a window to cut, only memory and window");
    swax("eval", "run", "--task", "pairs", "--cut", "memory=median")
        .isRefused("`--cut` expects `memory`", "but this is `memory=median`");
    swax("eval", "run", "--task", "pairs", "--cut", "layers=mean")
        .isRefused("`--cut` expects `memory`", "but this is `layers=mean`");
  }

  /** In a column and in a row, at the windows of the column. */
  @Test
  void aGridTakesTheSameMean() throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE + GRID);
    Files.writeString(folder.resolve("a.txt"), "a word and a window ".repeat(30));
    Files.writeString(folder.resolve("b.txt"), "a layer and a state ".repeat(20));
    // The row without windows has no value in columns that are cut.
    List<String> cells = PlannedCells.of(folder, "m.swax");
    for (String cell : cells) {
      Run computed = swax("grid", "cell", "m.swax", "--cell", cell);
      assertThat(computed.code()).as(computed.err()).isZero();
    }
    String run = "grids/g/cells/" + cells.getFirst() + "/run";
    List<Double> losses = new ArrayList<>();
    for (String cell : cells.subList(1, cells.size())) {
      Path result = folder.resolve("grids/g/cells/" + cell + "/result.json");
      JsonNode metrics = new JsonMapper().readTree(Files.readString(result)).get("metrics");
      losses.add(metrics.get("loss").get("value").asDouble());
    }
    assertThat(losses)
        .doesNotHaveDuplicates()
        .containsExactly(
            loss(run),
            loss(run, "--cut", "window=mean"),
            loss(run, "--cut", "memory"),
            loss(run, "--cut", "memory=mean", "--window", "6"),
            loss(run, "--window", "6"),
            loss(run, "--cut", "window=mean", "--window", "6"));
  }

  @Test
  void textThatChangedSinceTheTrainingGivesNoMean() throws IOException {
    Files.writeString(
        folder.resolve("m.swax"), FILE + "data text { files = [\"a.txt\"] held_out = 10% }\n");
    Files.writeString(folder.resolve("a.txt"), "a word and a window ".repeat(60));
    Run trained =
        swax(
            "train",
            "m.swax",
            "--run-dir",
            "run",
            "--set",
            "train.data=text",
            "--set",
            "model.vocab=256");
    assertThat(trained.code()).as(trained.err()).isZero();
    Files.writeString(folder.resolve("a.txt"), "another word, a window ".repeat(60));
    Files.writeString(folder.resolve("b.txt"), "a layer and a state ".repeat(20));
    swax("eval", "run", "--data", "b.txt", "--cut", "memory=mean")
        .isRefused("the data has changed since the run began");
    Run zero = swax("eval", "run", "--data", "b.txt", "--cut", "memory");
    assertThat(zero.code()).as(zero.err()).isZero();
  }

  private double loss(String run, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("eval", run, "--json"));
    words.addAll(List.of(options));
    Run eval = swax(words.toArray(String[]::new));
    assertThat(eval.code()).as(eval.err()).isZero();
    return new JsonMapper().readTree(eval.out()).get("loss").asDouble();
  }

  private Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }
}
