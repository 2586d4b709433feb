package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.grid.store.Claim;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Owner;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells of a grid whose files change or move between one process and the next. */
class GridCellTest {
  private static final String MODELS =
      """
      edition 1
      import "std/models"
      model tiny = swa_only(width: 32, blocks: 2, window: 8)
      """;
  private static final String GRID =
      """
      edition 1
      import "models.swax"
      data text { files = ["text/a.txt"] validation = ["text/b.txt"] }
      train small {
        data = text
        seq = 32 tok
        batch = 64 tok
        budget = 6 step
        lr = constant(rate: 1e-2)
        validation_tokens = 64 tok
        sample_tokens = 4 tok
      }
      grid g {
        using small
        column "tiny" = tiny()
        row ppl = perplexity(text)
      }
      """;

  @TempDir Path folder = Path.of("");

  private Path write() throws IOException {
    Path place = folder.resolve("first");
    Files.createDirectories(place.resolve("text"));
    Files.writeString(place.resolve("text/a.txt"), "a word and a window ".repeat(30));
    Files.writeString(place.resolve("text/b.txt"), "a layer and a state ".repeat(20));
    Files.writeString(place.resolve("models.swax"), MODELS);
    Files.writeString(place.resolve("g.swax"), GRID);
    return place;
  }

  private static Run compute(Path place, int stopAfter, String cell, String... more) {
    var asked = new AtomicInteger();
    String file = place.resolve("g.swax").toString();
    List<String> arguments = new ArrayList<>(List.of("grid", "cell", file, "--cell", cell));
    arguments.addAll(List.of(more));
    return Run.until(
        () -> asked.incrementAndGet() > stopAfter, place, arguments.toArray(String[]::new));
  }

  private static void done(Path place, String cell, String... more) {
    Run run = compute(place, Integer.MAX_VALUE - 1, cell, more);
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void aTrainingGoesOnWhateverItIsValidatedOn() throws IOException {
    Path place = write();
    List<String> before = PlannedCells.of(place, "g.swax");
    assertThat(compute(place, 2, before.getFirst()).code()).isEqualTo(75);
    Files.writeString(place.resolve("text/b.txt"), "another text ".repeat(20));
    List<String> after = PlannedCells.of(place, "g.swax");
    assertThat(after.getFirst()).as("training").isEqualTo(before.getFirst());
    assertThat(after.getLast()).as("measure").isNotEqualTo(before.getLast());
    done(place, after.getFirst());
    done(place, after.getLast());
  }

  @Test
  void aCommandThatTheFileNamesIsStartedWhenTheUserSaysSo() throws IOException {
    Path place = write();
    String trace = "touch trace\nsed 's/,.program.*/,\"passed\":true}/' \"$1\" > \"$2\"\n";
    Files.writeString(place.resolve("run.sh"), trace);
    Files.writeString(
        place.resolve("mbpp.jsonl"),
        "{\"text\": \"Add.\", \"code\": \"x = 1\", \"test_list\": [\"assert x\"]}\n");
    String programs =
        "programs(set: mbpp, file: \"mbpp.jsonl\", runner: [\"sh\", \"run.sh\"], samples: 1, k: 1,"
            + " room: 4 tok)";
    Files.writeString(
        place.resolve("g.swax"), GRID.replace("perplexity(text)", "score(" + programs + ")"));
    String starts = "`sh run.sh` (run.sh sha256 ";
    String file = place.resolve("g.swax").toString();
    assertThat(Run.swax("grid", "plan", file).out())
        .contains("starts " + starts, "with `--allow-runner`");
    Run.swax("grid", "run", file)
        .isRefused("this would start", starts, "`--allow-runner` starts it");
    assertThat(place.resolve("grids")).as("nothing is written").doesNotExist();
    List<String> cells = PlannedCells.of(place, "g.swax");
    done(place, cells.getFirst());
    compute(place, Integer.MAX_VALUE - 1, cells.getLast()).isRefused("this would start", starts);
    assertThat(place.resolve("trace")).doesNotExist();
    done(place, cells.getLast(), "--allow-runner");
    assertThat(place.resolve("trace")).as("it starts in the folder of the file").exists();
  }

  /** What tokens of each place lose is, weighted by how many there are, what all of them lose. */
  @Test
  void placesOfATextAddUpToTheWhole() throws IOException {
    Path place = write();
    String rows =
        """
        row all = perplexity(text, "loss")
        row "from {a}" for (a, b) in [[0, 40], [40, 100], [100, 1Ki]] =
          perplexity(text, "loss", at: a..b)
        row names = perplexity(text, "loss", repeated: 1..64)
        """;
    Files.writeString(place.resolve("g.swax"), GRID.replace("row ppl = perplexity(text)", rows));
    List<Double> losses = new ArrayList<>();
    for (String cell : PlannedCells.of(place, "g.swax")) {
      done(place, cell);
      Path result = place.resolve("grids/g/cells/" + cell + "/result.json");
      JsonNode loss = new JsonMapper().readTree(result.toFile()).get("metrics").path("loss");
      losses.add(loss.path("value").asDouble());
    }
    // 400 bytes, of which the first is not predicted
    double sum = 39 * losses.get(2) + 60 * losses.get(3) + 300 * losses.get(4);
    assertThat(sum / 399).isCloseTo(losses.get(1), within(1e-5));
    assertThat(losses).doesNotHaveDuplicates();
  }

  @Test
  void aGridThatMovedGoesOnWithoutItsFirstPlace() throws IOException {
    Path first = write();
    List<String> cells = PlannedCells.of(first, "g.swax");
    assertThat(compute(first, 2, cells.getFirst()).code()).isEqualTo(75);
    Path place = Files.move(first, folder.resolve("second"));
    assertThat(PlannedCells.of(place, "g.swax")).isEqualTo(cells);
    done(place, cells.getFirst());
    done(place, cells.getLast());
  }

  /** Which weights those are belongs to the cell, not where they lie. */
  @Test
  void aTrainingBeginsWithTheWeightsOfARun() throws IOException {
    Path place = write();
    List<String> drawn = PlannedCells.of(place, "g.swax");
    Files.writeString(
        place.resolve("g.swax"), GRID.replace("data = text", "data = text  weights = \"start\""));
    String file = place.resolve("g.swax").toString();
    assertThat(Run.swax("grid", "plan", file).out()).contains("there is no run `");
    Run.swax("check", file).isRefused("there is no run `", "`weights = \"RUN\"`");

    train(place, "1");
    List<String> cells = PlannedCells.of(place, "g.swax");
    assertThat(cells.getFirst()).isNotEqualTo(drawn.getFirst());
    done(place, cells.getFirst());
    assertThat(log(place)).contains("begins with the weights of ");
    done(place, cells.getLast());

    Folders.delete(place.resolve("start"));
    train(place, "2");
    assertThat(PlannedCells.of(place, "g.swax").getFirst()).isNotEqualTo(cells.getFirst());
  }

  private static void train(Path place, String seed) throws IOException {
    Files.writeString(place.resolve("start.swax"), GRID.replaceAll("(?s)grid g.*", ""));
    Run run =
        Run.in(
            place,
            "train",
            "start.swax",
            "--run-dir",
            "start",
            "--seed",
            seed,
            "--set",
            "train.model=tiny()",
            "--set",
            "train.budget=1 step");
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static String log(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place.resolve("grids"))) {
      return Files.readString(
          files.filter(path -> path.endsWith("log.txt")).findFirst().orElseThrow());
    }
  }

  /** What another process trains is left to it, and its measures too; the others are computed. */
  @Test
  void oneProcessGoesFromModelToModel() throws IOException {
    Path place = write();
    Files.writeString(
        place.resolve("g.swax"), GRID.replace("using small", "using small\n  seeds = [1, 2, 3]"));
    List<String> cells = PlannedCells.of(place, "g.swax");
    var folder = new GridFolder(place.resolve("grids/g"));
    String first = cells.get(0);
    String second = cells.get(1);
    List<String> more = new ArrayList<>();
    for (int other : new int[] {3, 1, 4, 2, 5}) {
      more.addAll(List.of("--cell", cells.get(other)));
    }
    try (Claim _ = folder.cell(second).claim(Owner.current()).orElseThrow()) {
      done(place, first, more.toArray(String[]::new));
    }
    assertThat(cells.stream().filter(cell -> folder.cell(cell).isFinished()))
        .containsExactly(first, cells.get(2), cells.get(3), cells.get(5));
    done(place, second, "--cell", cells.get(4));
    assertThat(cells).allMatch(cell -> folder.cell(cell).isFinished());

    byte[] weights = weights(folder, cells.get(2));
    Disk.deleteTree(folder.path());
    done(place, cells.get(2));
    assertThat(weights(folder, cells.get(2)))
        .as("trained by a process of its own")
        .isEqualTo(weights);
  }

  private static byte[] weights(GridFolder folder, String cell) throws IOException {
    Path steps = folder.cell(cell).run().resolve("checkpoints/00000006");
    return Files.readAllBytes(steps.resolve("model.safetensors"));
  }

  /** Nobody starts a task of an engine again, so it does what a runner would do. */
  @Test
  void aTaskOfAnEngineComputesAModelAndWaitsForWhoHasACellOfIt() throws Exception {
    Path place = write();
    List<String> cells = PlannedCells.of(place, "g.swax");
    assertThat(task(place, 0, cells.getFirst()).code()).as("stopped at once").isEqualTo(76);
    assertThat(task(place, 3, cells.getFirst()).code()).as("stopped later").isEqualTo(75);
    var folder = new GridFolder(place.resolve("grids/g"));
    Claim claim = folder.cell(cells.getFirst()).claim(Owner.current()).orElseThrow();
    var asked = new AtomicInteger();
    Run run =
        Run.until(
            () -> {
              if (asked.incrementAndGet() == 1) {
                claim.close(); // it has found the cell claimed
              }
              return false;
            },
            place,
            taskOf(place, cells.getFirst()));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Run.swax("grid", "status", place.resolve("g.swax").toString()).out())
        .isEqualTo("2 cached\n");
    assertThat(task(place, 0, cells.getFirst()).code()).as("nothing to do").isZero();

    Files.delete(folder.cell(cells.getLast()).path().resolve("result.json"));
    Disk.deleteTree(folder.cell(cells.getFirst()).run());
    Run again = task(place, Integer.MAX_VALUE - 1, cells.getFirst());
    assertThat(again.code()).as("trained again, its weights were gone: " + again.err()).isZero();
    assertThat(cells).allMatch(cell -> folder.cell(cell).isFinished());
  }

  private static Run task(Path place, int stopAfter, String model) {
    var asked = new AtomicInteger();
    return Run.until(() -> asked.incrementAndGet() > stopAfter, place, taskOf(place, model));
  }

  private static String[] taskOf(Path place, String model) {
    return new String[] {"grid", "cell", place.resolve("g.swax").toString(), "--model", model};
  }
}
