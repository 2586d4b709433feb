package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that measures norms of states and shares of attention. */
class PathwaysTest {
  private static final String FILE =
      """
      edition 1
      import "std/cells"
      import "std/models"
      model hybrid = swax(width: 16, blocks: 2, heads: 2, vocab: 64, window: 8) with {
        memory = mlstm(heads: 1)
      }
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      data short { files = ["a.txt"] validation = ["b.txt"] }
      train main {
        model = hybrid
        data = pairs
        seq = 32 tok
        batch = 64 tok
        budget = 4 step
        validate_every = 2 step
        validation_tokens = 64 tok
        lr = constant(rate: 1e-2)
      }
      train text = main with { data = short model = hybrid with { vocab = 256 } }
      grid g {
        using main with { pathways = 4 }
        column "hybrid" = hybrid
        row recall = score(pairs, examples: 2)
        figure "States" = curves(state)
        figure "Near" = curves(recent)
        figure "Loss" = curves()
      }
      """;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE);
    Files.writeString(folder.resolve("a.txt"), "a word and a window ".repeat(9));
    Files.writeString(folder.resolve("b.txt"), "short");
  }

  @Test
  void theyStandBesideValidationsAndChangeNoBit() throws IOException {
    train("plain", "main");
    train("looked", "main", "--set", "train.pathways=4");
    List<JsonNode> plain = metrics("plain");
    List<JsonNode> looked = metrics("looked");
    assertThat(plain).hasSameSizeAs(looked).hasSize(4 + 2);
    for (int i = 0; i < plain.size(); i++) {
      for (String same : List.of("step", "loss", "gradientNorm", "validation")) {
        assertThat(looked.get(i).get(same)).as("%s, %s", i, same).isEqualTo(plain.get(i).get(same));
      }
      assertThat(plain.get(i).has("pathways")).isFalse();
      assertThat(looked.get(i).has("pathways")).isEqualTo(looked.get(i).has("validation"));
    }
    JsonNode pathways = looked.getLast().get("pathways");
    assertThat(pathways.properties())
        .extracting(field -> field.getKey())
        .containsExactly("state", "recent", "layers.0.state", "layers.1.recent");
    assertThat(pathways.get("state").asDouble()).isPositive();
    assertThat(pathways.get("recent").asDouble()).isBetween(0.2, 0.99);
    assertThat(weights("looked")).isEqualTo(weights("plain"));
  }

  @Test
  void gridsDrawThem() throws IOException {
    Run cell =
        swax("grid", "cell", "m.swax", "--cell", PlannedCells.of(folder, "m.swax").getFirst());
    assertThat(cell.code()).as(cell.err()).isZero();
    Run report = swax("grid", "report", "m.swax");
    assertThat(report.code()).as(report.err()).isZero();
    Path figures = folder.resolve("grids/g/report/figures");
    assertThat(figures.resolve("01-states.svg"))
        .content()
        .contains("norm of the state of a head")
        .contains("tokens");
    assertThat(figures.resolve("02-near.svg"))
        .content()
        .contains("share of attention on the most recent keys");
    assertThat(folder.resolve("grids/g/report/report.md"))
        .content()
        .doesNotContain("Nothing measured");
  }

  @Test
  void whatIsTooShortIsSaid() {
    swax("train", "m.swax", "--train", "main", "--run-dir", "run", "--set", "train.pathways=32")
        .isRefused("`pathways` is 32, but a sequence has 32 tokens", "`pathways = 8`");
    swax("train", "m.swax", "--train", "text", "--run-dir", "run", "--set", "train.pathways=5")
        .isRefused("`pathways = 5` looks at texts of more tokens", "`pathways = none`");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private void train(String run, String block, String... more) {
    List<String> words = new ArrayList<>(List.of("train", "m.swax", "--train", block));
    words.addAll(List.of("--run-dir", run));
    words.addAll(List.of(more));
    Run trained = swax(words.toArray(String[]::new));
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  private List<JsonNode> metrics(String run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"))) {
      lines.add(new JsonMapper().readTree(line));
    }
    return lines;
  }

  /** The bytes of all tensors of its checkpoints. */
  private List<ByteBuffer> weights(String run) throws IOException {
    List<ByteBuffer> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder.resolve(run).resolve("checkpoints"))) {
      List<Path> found = all.filter(path -> path.toString().endsWith(".safetensors")).toList();
      for (Path file : found.stream().sorted().toList()) {
        files.add(ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    }
    assertThat(files).isNotEmpty();
    return files;
  }

  private Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }
}
