package dev.swax.grid.plan;

import static dev.swax.grid.testing.Grids.MODEL;
import static dev.swax.grid.testing.Grids.cells;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import dev.swax.grid.testing.Grids;
import dev.swax.runtime.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cells a grid has, and what makes two of them the same. */
class PlannerTest {
  private static final String LINES =
      """
      using main
      column "{w}" for w in [4, 8] = lm(window: w)
      row recall = score(pairs, examples: 10)
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void aModelIsTrainedOnceForEachSeedWhateverItIsMeasuredAt() {
    GridCells cells =
        cells(
            """
            using main
            seeds = [1, 2]
            column "{a} at {b}" for a in [4, 8] for b in [4, 8] = tested(lm(window: a), window: b)
            row recall = score(pairs, examples: 10)
            row again = 100 * score(pairs, examples: 10)
            row longer = score(mqar(length: 64, pairs: 2, vocab: 64), examples: 10)
            """);
    assertThat(cells.trainings())
        .extracting(Cell::column)
        .containsExactly("4 at 4", "4 at 4", "8 at 4", "8 at 4");
    assertThat(cells.trainings()).extracting(Cell::seed).containsExactly(1L, 2L, 1L, 2L);
    assertThat(cells.evaluations()).hasSize(4 * 2 * 2);
    assertThat(cells.evaluations().getFirst().windows()).containsEntry("swa", 4);
  }

  @Test
  void whatDecidesNothingChangesNoIdentity() {
    List<String> before = hashes(cells(LINES));
    assertThat(hashes(cells("// a comment\n" + MODEL, LINES))).isEqualTo(before);
    assertThat(hashes(cells(MODEL.replace("keep = 2", "keep = 3"), LINES))).isEqualTo(before);
    assertThat(hashes(cells(MODEL.replace("keep = 2", "pathways = 4"), LINES))).isEqualTo(before);
    assertThat(hashes(cells(LINES.replace("\"{w}\"", "\"window {w}\"")))).isEqualTo(before);
  }

  /** Where validation may end a training, how it is done decides about the weights. */
  @Test
  void withARuleToStopValidationDecidesToo() {
    String every = MODEL.replace("keep = 2", "keep = 2 validate_every = 2 step");
    assertThat(hashes(cells(every, LINES))).isEqualTo(hashes(cells(LINES)));
    String stop = "keep = 2 validate_every = 2 step stop = when validation stalls for 3";
    String stopping = MODEL.replace("keep = 2", stop);
    List<String> before = hashes(cells(stopping, LINES));
    assertThat(before).doesNotContainAnyElementsOf(hashes(cells(LINES)));
    for (String other :
        List.of(
            stop.replace("for 3", "for 2"),
            stop.replace("every = 2", "every = 1"),
            stop + " validation_tokens = 64 tok")) {
      assertThat(hashes(cells(MODEL.replace("keep = 2", other), LINES)))
          .as(other)
          .doesNotContainAnyElementsOf(before);
    }
    assertThat(hashes(cells(stopping.replace("keep = 2", "keep = 3"), LINES))).isEqualTo(before);
  }

  @Test
  void whatDecidesChangesTheIdentity() {
    List<String> before = hashes(cells(LINES));
    for (String[] change :
        new String[][] {
          {"rate: 1e-2", "rate: 2e-2"},
          {"width = 16", "width = 32"},
          {"budget = 10", "budget = 11"},
          {"pairs: 2", "pairs: 3"},
          {"heads: 2", "heads: 1"},
          {"ffn = none", "ffn = swiglu(hidden: 16)"},
        }) {
      List<String> after = hashes(cells(MODEL.replace(change[0], change[1]), LINES));
      assertThat(after).as(change[1]).doesNotContainAnyElementsOf(before);
    }
    List<String> more = hashes(cells(LINES.replace("examples: 10", "examples: 11")));
    assertThat(more.subList(0, 2)).as("training").isEqualTo(before.subList(0, 2));
    assertThat(more.subList(2, 4)).as("measures").doesNotContainAnyElementsOf(before);
  }

  @Test
  void theContentOfARunnerDecides() throws IOException {
    Files.writeString(folder.resolve("mbpp.jsonl"), "{}");
    Path script = Files.writeString(folder.resolve("run.py"), "print(1)");
    String lines =
        """
        using main
        column "a" = lm(window: 4)
        row "pass@10" =
          score(programs(set: mbpp, file: "mbpp.jsonl", runner: ["python3", "run.py"]), examples: 1)
        """;
    List<String> before = hashes(cells(folder.resolve("grid.swax"), MODEL, lines));
    assertThat(hashes(cells(folder.resolve("grid.swax"), MODEL, lines))).isEqualTo(before);
    String slower = lines.replace("runner:", "seconds: 70, runner:");
    assertThat(hashes(cells(folder.resolve("grid.swax"), MODEL, slower)).getLast())
        .as("what runs longer may pass")
        .isNotEqualTo(before.getLast());
    Files.writeString(script, "print(2)");
    List<String> after = hashes(cells(folder.resolve("grid.swax"), MODEL, lines));
    assertThat(after.getFirst()).as("training").isEqualTo(before.getFirst());
    assertThat(after.getLast()).as("the measure").isNotEqualTo(before.getLast());
  }

  @Test
  void aResultOfSomethingElseIsStaleAndSaysWhy() {
    var place = new GridFolder(folder);
    for (Cell cell : cells(LINES).all()) {
      var cellFolder = place.cell(cell.id());
      cellFolder.describe(CellStates.describe(cell));
      cellFolder.finish(new Outcome(new LinkedHashMap<>(), 1, 1));
    }
    GridCells changed = cells(MODEL.replace("rate: 1e-2", "rate: 2e-2"), LINES);
    var states = new CellStates(place, changed);
    assertThat(states.of(changed.trainings().getFirst()).describe())
        .isEqualTo("stale: train.lr was 0.01, is 0.02");
    assertThat(states.of(changed.evaluations().getFirst()).describe())
        .isEqualTo("stale: its model is trained again");
    GridCells same = cells(LINES);
    assertThat(same.all())
        .allMatch(cell -> new CellStates(place, same).of(cell) instanceof CellState.Cached);
  }

  @Test
  void aGridWithoutMeasuresTrainsNothing() {
    assertThat(cells("using main column \"a\" = lm() row parameters = parameters").all()).isEmpty();
  }

  @Test
  void aTestAtAnotherWindowCostsWhatThatWindowCosts() {
    GridCells cells =
        cells(
            """
            using main
            column "a" = lm(window: 4)
            column "a at 8" = tested(lm(window: 4), window: 8)
            column "b" = lm(window: 8)
            row recall = score(pairs, examples: 10)
            """);
    List<Double> flops = cells.evaluations().stream().map(Cell::flops).toList();
    assertThat(flops.get(1)).isEqualTo(flops.get(2)).isGreaterThan(flops.get(0));
    assertThat(cells.trainings()).hasSize(2);
  }

  @Test
  void aFileThatIsNotThereKeepsOnlyItsOwnCellsFromRunning() throws IOException {
    String lines =
        """
        using main
        column "a" = lm(window: 4)
        row arc = score(choices(set: arc, file: "arc.jsonl"), examples: 2)
        row piqa = score(choices(set: piqa, file: "arc.jsonl"), examples: 2)
        row recall = score(pairs, examples: 10)
        """;
    GridCells without = inFolder(lines);
    assertThat(without.evaluations()).hasSize(3);
    var states = new CellStates(new GridFolder(folder), without);
    assertThat(without.all())
        .extracting(cell -> states.of(cell).describe())
        .containsExactly(
            "to run",
            "cannot run here: there is no file `arc.jsonl`",
            "cannot run here: there is no file `arc.jsonl`",
            "to run");
    Files.writeString(folder.resolve("arc.jsonl"), "{\"question\": 1}\n");
    assertThat(inFolder(lines).evaluations().getFirst().obstacle()).contains("arc.jsonl:1");
  }

  private GridCells inFolder(String lines) {
    String text = MODEL + "grid g {\n" + lines + "}\n";
    return Planner.plan(Grids.plan(folder.resolve("g.swax"), text), new Contents());
  }

  @Test
  void recordsCostWhatTheirTextCosts() throws IOException {
    String record =
        """
        {"question": "%s", "choices": {"text": ["b", "c"], "label": ["A", "B"]}, "answerKey": "A"}
        """;
    String lines =
        """
        using main
        column "a" = bytes(window: 4)
        row arc = score(choices(set: arc, file: "arc.jsonl"))
        """;
    String file = MODEL.replace("vocab = 64", "vocab = 256").replace("lm(", "bytes(");
    Files.writeString(folder.resolve("arc.jsonl"), record.formatted("a") + record.formatted("bb"));
    Cell.Evaluation cell =
        Planner.plan(
                Grids.plan(folder.resolve("g.swax"), file + "grid g {\n" + lines + "}\n"),
                new Contents())
            .evaluations()
            .getFirst();
    assertThat(cell.obstacle()).isNull();
    assertThat(cell.tokens()).isGreaterThan(2 * "Question: a\nAnswer: b".length());
    assertThat(cell.flops()).isPositive();
  }

  @Test
  void eachModelIsAskedInItsOwnTokens() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "ab€ ".repeat(60));
    var ascii = new StringBuilder("\\n€");
    for (char c = ' '; c < 127; c++) {
      ascii.append(c == '"' || c == '\\' ? "\\" : "").append(c);
    }
    String file =
        MODEL.replace("vocab = 64", "vocab = 256").replace("data = pairs", "data = text")
            + """
            data text { files = ["a.txt"] held_out = 50%% }
            data letters { files = ["a.txt"] held_out = 50%% tokenizer = characters("%s") }
            train other = main with { data = letters }
            """
                .formatted(ascii)
            + """
            grid g {
              using main
              column "bytes" = lm()
              column "letters" = trained(lm(), using: other)
              row bits = perplexity(text, "bits")
              row needles = score(niah(kind: single_2, length: 400, frame: short), examples: 2)
            }
            """;
    GridCells cells = Planner.plan(Grids.plan(folder.resolve("g.swax"), file), new Contents());
    assertThat(cells.trainings())
        .extracting(cell -> cell.identity().lines().containsKey("data.tokenizer"))
        .containsExactly(false, true);
    assertThat(cells.evaluations()).extracting(Cell::obstacle).containsOnlyNulls();
    assertThat(cells.evaluations())
        .extracting(cell ->
            switch (cell.measure()) {
              case GridMeasure.Perplexity text -> text.data().tokenizer().unit();
              case GridMeasure.Score(Task task, long _, var _) -> task.vocabulary() + " tokens";
            })
        .containsExactly("bytes", "256 tokens", "characters", "97 tokens");
    assertThat(cells.evaluations().getFirst().tokens())
        .isGreaterThan(cells.evaluations().get(2).tokens());
  }

  @Test
  void whatIsSelectedOfATextIsAMeasureOfItsOwn() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "a word and a window ".repeat(20));
    String file =
        MODEL.replace("vocab = 64", "vocab = 256").replace("data = pairs", "data = text")
            + """
            data text { files = ["a.txt"] held_out = 50% }
            grid g {
              using main
              column "a" = lm()
              row all = perplexity(text)
              row "from {a}" for (a, b) in [[0, 64], [64, 1Mi]] = perplexity(text, at: a..b)
              row names = perplexity(text, "bits", repeated: 8..32, at: 64..128)
              row beyond = perplexity(text, at: 4Ki..8Ki)
            }
            """;
    GridCells cells = Planner.plan(Grids.plan(folder.resolve("g.swax"), file), new Contents());
    assertThat(cells.trainings()).hasSize(1);
    assertThat(cells.evaluations())
        .extracting(cell -> String.valueOf(cell.identity().lines().get("selection")))
        .containsExactly(
            "null",
            "at: 0..64",
            "at: 64..1048576",
            "at: 64..128, repeated: 8..32",
            "at: 4096..8192");
    assertThat(cells.evaluations().getLast().obstacle())
        .isEqualTo(
            "no token of the validation text is within `at: 4096..8192`; its longest document has 200 tokens");
  }

  private static List<String> hashes(GridCells cells) {
    return cells.all().stream().map(cell -> cell.identity().hash()).toList();
  }
}
