package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever becomes of one file of a run or of a grid's cell: no text of it is executed, nothing
 * hangs or ends in a trace, and where no hash was forged, no verb prints another result without a
 * word. {@code -Dswax.fuzz.runs=5000} makes more edits, {@code -Dswax.fuzz.seed=N} others.
 */
class RunFuzzTest {
  private static final int EDITS = Integer.getInteger("swax.fuzz.runs", 40);
  private static final long SEED = Long.getLong("swax.fuzz.seed", 1);
  private static final long MOST_SECONDS = 60;

  /** Words of Java and of the reader of JSON, which no message may use. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "\\tat |Exception|JsonParser|Unexpected char|\\(String\\)|fault of swax|Source:");

  /** What a verb says of its time, and of the folder it works in. */
  private static final Pattern VARYING =
      Pattern.compile("tok/s [0-9.,]+|mem [0-9.]+GiB|eta [0-9:]+|[0-9.]+ ?(ms|s)\\b|junit[0-9-]+");

  private static final String FILE =
      """
      edition 1
      import "std/models"
      import "size.swax"
      data text { files = ["../text/a.txt"] validation = ["../text/b.txt"] }
      train small {
        model = swa_only(width: width, blocks: 1, window: 8)
        data = text
        seq = 32 tok
        batch = 64 tok
        budget = 4 step
        lr = constant(rate: 1e-2)
        checkpoint_every = 1 step
        validation_tokens = 64 tok
        sample_tokens = 4 tok
      }
      grid g {
        using small
        column "tiny" = swa_only(width: width, blocks: 1, window: 8)
        row ppl = perplexity(text)
        figure "Training" = curves()
      }
      """;

  private static Path base = Path.of("");
  private static Path now = Path.of("");
  private static List<String> cells = List.of();
  private static final Map<List<String>, Said> PLAIN = new LinkedHashMap<>();

  /** What a verb did: its results, which a change has to be told of, and its messages. */
  private record Said(int code, String results, String messages) {}

  @BeforeAll
  static void train(@TempDir Path place) throws IOException {
    base = Files.createDirectories(place.resolve("base"));
    now = place.resolve("now");
    Files.createDirectories(place.resolve("text"));
    Files.writeString(place.resolve("text/a.txt"), "a word and a window ".repeat(30));
    Files.writeString(place.resolve("text/b.txt"), "a layer and a state ".repeat(20));
    Files.writeString(base.resolve("m.swax"), FILE);
    Files.writeString(base.resolve("size.swax"), "edition 1\nlet width = 16\n");
    var asked = new AtomicInteger();
    Run begun =
        Run.until(
            () -> asked.incrementAndGet() > 2, base, "train", "m.swax", "--run-dir", "runs/m");
    assertThat(begun.code()).as(begun.err()).isEqualTo(75);
    cells = PlannedCells.of(base, base.resolve("m.swax").toString());
    for (String id : cells) {
      Run run = Run.in(base, cell(base, id).toArray(String[]::new));
      assertThat(run.code()).as(run.err()).isZero();
    }
    for (List<String> verb : List.of(eval(), generate(), resume(), report(), measure())) {
      copy();
      PLAIN.put(verb, run(verb));
    }
  }

  @Test
  void nothingRunsNothingHangsAndNothingChangesWithoutAWord() throws Exception {
    Map<String, Integer> ends = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    long slowest = 0;
    for (int i = 0; i < EDITS; i++) {
      var random = new SplittableRandom(SEED * 1_000_003 + i);
      copy();
      boolean grid = random.nextInt(3) == 0;
      Path edited = now.resolve(grid ? "grids" : "runs");
      Damage damage = Damage.edit(edited, random);
      boolean forged = random.nextBoolean();
      if (forged) {
        Sealing.seal(edited);
      }
      List<String> verb = verb(grid, random);
      String what =
          "edit %d of seed %d: %s: %s%s, then %s"
              .formatted(i, SEED, damage.file(), damage.what(), forged ? ", forged" : "", verb);
      long start = System.nanoTime();
      Said said;
      try {
        said = within(verb);
      } catch (TimeoutException e) {
        failures.add(what + ": more than %d s".formatted(MOST_SECONDS));
        continue;
      }
      slowest = Math.max(slowest, System.nanoTime() - start);
      try {
        check(said, PLAIN.getOrDefault(verb, said), forged, what);
      } catch (AssertionError e) {
        failures.add(what + "\n" + e.getMessage());
      }
      ends.merge((forged ? "forged" : "plain") + ", exit " + said.code(), 1, Integer::sum);
    }
    System.out.printf("run fuzz: %d edits, slowest %d ms, %s%n", EDITS, slowest / 1_000_000, ends);
    assertThat(failures).isEmpty();
  }

  private static void check(Said said, Said plain, boolean forged, String what) {
    assertThat(System.getProperty(Damage.CANARY)).as(what).isNull();
    assertThat(said.code()).as("%s%n%s", what, said.messages()).isIn(0, 1, 2, 75);
    assertThat(said.messages()).as(what).doesNotContainPattern(FORBIDDEN);
    if (said.code() == 2) {
      assertThat(said.messages()).as(what).contains("error");
    }
    boolean other =
        !said.results().equals(plain.results()) && !said.results().contains(",not run,");
    if (!forged && said.code() == 0 && other) {
      assertThat(said.messages()).as("%s%n%s", what, said.results()).isNotEqualTo(plain.messages());
    }
  }

  private static List<String> verb(boolean grid, SplittableRandom random) {
    List<List<String>> verbs =
        grid ? List.of(report(), measure()) : List.of(eval(), generate(), resume());
    return verbs.get(random.nextInt(verbs.size()));
  }

  private static List<String> eval() {
    return List.of("eval", "runs/m");
  }

  private static List<String> generate() {
    return List.of("generate", "runs/m", "--prompt", "a ", "--length", "4");
  }

  private static List<String> resume() {
    return List.of("resume", "runs/m");
  }

  private static List<String> report() {
    return List.of("grid", "report", now.resolve("m.swax").toString());
  }

  /** The measure, asked again. */
  private static List<String> measure() {
    return cell(now, cells.getLast());
  }

  private static List<String> cell(Path folder, String id) {
    return List.of("grid", "cell", folder.resolve("m.swax").toString(), "--cell", id);
  }

  private static void copy() throws IOException {
    if (Files.exists(now)) {
      Folders.delete(now);
    }
    Folders.copy(base, now);
  }

  /** Runs a verb in a thread of its own, which may stay behind where it does not end. */
  private static Said within(List<String> verb) throws Exception {
    var task = new FutureTask<>(() -> run(verb));
    Thread.ofPlatform().daemon().start(task);
    return task.get(MOST_SECONDS, TimeUnit.SECONDS);
  }

  private static Said run(List<String> verb) throws IOException {
    if (verb.equals(measure())) {
      Path result = now.resolve("grids/g/cells").resolve(cells.getLast()).resolve("result.json");
      if (Files.isRegularFile(result) && !Files.isSymbolicLink(result)) {
        Files.delete(result);
      }
    }
    Run run = Run.in(now, verb.toArray(String[]::new));
    String results = verb.getFirst().equals("grid") ? written() : run.out();
    return new Said(run.code(), results, VARYING.matcher(run.err() + run.out()).replaceAll(""));
  }

  /** The values of a grid: of its report, or of the measure. */
  private static String written() throws IOException {
    var text = new StringBuilder();
    for (String name : List.of("report/report.csv", "report/figures/01-training.svg")) {
      Path file = now.resolve("grids/g").resolve(name);
      text.append(Files.isRegularFile(file) ? text(file) : "");
    }
    Path result = now.resolve("grids/g/cells").resolve(cells.getLast()).resolve("result.json");
    if (Files.isRegularFile(result)) {
      text(result).lines().filter(line -> line.contains("value")).forEach(text::append);
    }
    return text.toString();
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
