package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Grids on a real Slurm of one node, which {@code tests/slurm/start} starts on this machine. Where
 * there is none, each test is skipped and says why. {@code benchmarks/cluster/run} has what takes
 * longer: sixty cells, kills, the end of a time limit.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlurmTest {
  private static final Path SCRIPTS = Path.of(System.getProperty("swax.root"), "tests/slurm");
  private static final int NO_SLURM = 3;
  private static final long MOST_SECONDS = 120;

  private static final String FILE =
      """
      edition 1
      import "std/models"
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      train small {
        data = pairs
        seq = 32 tok
        batch = 2 * seq
        budget = 4000 step
        lr = constant(rate: 1e-3)
        validation_tokens = 64 tok
      }
      grid g {
        using small
        column "SWA" = swa_only(width: 32, blocks: 1, window: 8) with { vocab = 64 }
        row recall = score(mqar(length: 32, pairs: 2, vocab: 64), examples: 10)
      }
      """;

  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private String missing = "";
  private Path slurm = Path.of("");

  @TempDir Path folder = Path.of("");

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    slurm = shared.resolve("slurm");
    Path said = shared.resolve("said");
    int code = shell(said, SCRIPTS.resolve("start").toString(), slurm.toString());
    missing = code == NO_SLURM ? Files.readString(said).strip() : "";
    assertThat(code).as(Files.readString(said)).isIn(0, NO_SLURM);
    Installation swax = Installation.in(shared.resolve("swax"));
    environment.put("SWAX_LAUNCHER", swax.launcher().toString());
    environment.put("SWAX_JAVA_HOME", System.getProperty("java.home"));
    environment.put("SWAX_SLURM_PACE", "200");
    environment.put("SLURM_CONF", slurm.resolve("slurm.conf").toString());
  }

  @AfterAll
  void stop() throws Exception {
    shell(slurm.resolveSibling("said"), SCRIPTS.resolve("stop").toString(), slurm.toString());
  }

  @BeforeEach
  void write() throws IOException {
    assumeTrue(missing.isEmpty(), missing);
    Files.writeString(folder.resolve("g.swax"), FILE);
  }

  @Test
  void aTaskThatIsToldToSaveGoesBackIntoTheQueueAndEndsWithTheReportOfOneThatWasNot()
      throws Exception {
    isDone(grid("run", "slurm", "--on", "slurm", "--partition", "cpu", "--no-wait"));
    String job = ask("squeue", "-h", "-r", "-o", "%F_%K").strip();
    assertThat(job).endsWith("_0");
    await("a step", () -> steps("slurm") > 0);
    ask("scancel", "-b", "--signal=USR1", job);
    await(
        "it is put back",
        () -> ask("squeue", "-h", "-r", "-t", "PENDING", "-o", "%i").contains(job));
    assertThat(grid("status", "slurm").out())
        .contains("in job %s, which waits for: ".formatted(job));
    Run rest = grid("run", "slurm", "--on", "slurm", "--partition", "cpu");
    isDone(rest);
    assertThat(rest.err()).contains("1 model is in Slurm already", "all 2 cells are done");
    assertThat(log("slurm")).contains("stopped after step", "continuing after step");

    isDone(grid("run", "local", "--threads", "1"));
    assertThat(report("slurm")).isEqualTo(report("local"));
  }

  @Test
  void whatIsCancelledStaysSo() throws Exception {
    isDone(grid("run", "g", "--on", "slurm", "--no-wait", "--set", "small.budget=1000000 step"));
    await("a step", () -> steps("g") > 0);
    Run cancel = grid("cancel", "g", "--set", "small.budget=1000000 step");
    assertThat(cancel.out()).contains("told Slurm to end 1 task\n");
    await("nothing is left", () -> ask("squeue", "-h", "-o", "%i").isBlank());
    assertThat(grid("status", "g", "--set", "small.budget=1000000 step").out())
        .contains("1 to run, 1 interrupted", "to be continued");
    assertThat(log("g")).contains("stopped after step");
  }

  @Test
  void memoryThatDoesNotSufficeIsSaidToBeTheCause() throws Exception {
    Run run = grid("run", "g", "--on", "slurm", "--memory", "64M");
    run.isRefused("training of SWA, seed 1", "ran out of the memory that it asked for", "--memory");
    assertThat(grid("status", "g").out()).contains("1 failed");
  }

  @Test
  void whatSlurmRefusesIsOneMessageAndNothingIsSubmitted() throws Exception {
    grid("run", "g", "--on", "slurm", "--partition", "moon")
        .isRefused("this cluster has no partition `moon`", "it has cpu");
    assertThat(folder.resolve("g")).as("nothing is written").doesNotExist();
    grid("run", "g", "--on", "slurm", "--memory", "900G")
        .isRefused("sbatch refuses the job", "--memory");
    grid("run", "g", "--on", "slurm", "--time", "2-0").isRefused("partition `cpu` gives at most");
    assertThat(ask("squeue", "-h", "-o", "%i")).isBlank();
  }

  private Run grid(String verb, String place, String... more) {
    List<String> words =
        new ArrayList<>(List.of("grid", verb, "g.swax", "--dir", folder.resolve(place).toString()));
    words.addAll(List.of(more));
    return Run.with(environment, folder, words.toArray(String[]::new));
  }

  private static void isDone(Run run) {
    assertThat(run.code()).as(run.err()).isZero();
  }

  private String report(String place) throws IOException {
    isDone(grid("report", place));
    return Files.readString(folder.resolve(place).resolve("report/report.csv"));
  }

  private String log(String place) throws IOException {
    return Files.readString(training(place).resolve("log.txt"));
  }

  private long steps(String place) throws IOException {
    return Child.steps(training(place).resolve("run/metrics.jsonl"));
  }

  /** The only cell with a log. */
  private Path training(String place) throws IOException {
    try (var cells = Files.list(folder.resolve(place).resolve("cells"))) {
      return cells
          .filter(cell -> Files.exists(cell.resolve("log.txt")))
          .findFirst()
          .orElse(folder.resolve(place));
    }
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what + " in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private String ask(String... words) throws Exception {
    Path said = folder.resolve("said");
    shell(said, words);
    return Files.readString(said);
  }

  private int shell(Path said, String... words) throws Exception {
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.redirectOutput(said.toFile()).start().waitFor();
  }
}
