package dev.swax.tests.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Processes;
import dev.swax.cli.Swax;
import dev.swax.runtime.train.EarlyEnd;
import dev.swax.runtime.train.RunFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One training by several processes, which are threads here: bits, files, messages. */
class RanksTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    SmallRun.write(folder);
  }

  /**
   * Muon for the matrices, AdamW for the rest; a mixture of text and a task. What is computed again
   * after the resume has the bits of what was kept before.
   */
  @Test
  void anyNumberOfProcessesTrainsToTheSameBytes() throws Exception {
    Ended whole = run(1, "train", "m.swax", "--threads", "1", "--run-dir", "whole").getFirst();
    assertThat(whole.code).as(whole.err).isZero();

    int[] asked = {0};
    BooleanSupplier third = () -> ++asked[0] > 2; // asked before each step
    List<Ended> stopped = run(4, third, "train", "m.swax", "--threads", "1", "--run-dir", "parts");
    assertThat(stopped).allMatch(one -> one.code == 75, stopped.toString());
    List<Ended> resumed =
        run(2, "resume", "parts", "--threads", "1", "--set", "train.recompute=all");
    assertThat(resumed).allMatch(one -> one.code == 0, resumed.toString());

    assertThat(SmallRun.hashes(folder.resolve("parts")))
        .isEqualTo(SmallRun.hashes(folder.resolve("whole")));
    assertThat(resumed.getFirst().out.replace("parts", "whole")).isEqualTo(whole.out);
    assertThat(resumed.getLast().out + resumed.getLast().err).isEmpty();

    String task = "copying(length: 16, items: 4, vocab: 8)";
    List<Ended> scores = run(2, "eval", "parts", "--task", task, "--examples", "9", "--json");
    Ended score = run(1, "eval", "whole", "--task", task, "--examples", "9", "--json").getFirst();
    assertThat(scores.getFirst().out).isNotEmpty().isEqualTo(score.out);
  }

  /** Validation stalls; before that, processes are stopped and fewer of them go on. */
  @Test
  void anyNumberOfProcessesEndsEarlyAtTheSameStep() throws Exception {
    Ended whole = run(1, stopping("whole")).getFirst();
    assertThat(whole.code).as(whole.err).isZero();
    EarlyEnd end = end("whole");

    int[] asked = {0};
    List<Ended> stopped = run(4, () -> ++asked[0] > 5, stopping("parts"));
    assertThat(stopped).allMatch(one -> one.code == 75, stopped.toString());
    List<Ended> resumed = run(2, "resume", "parts", "--threads", "1");
    List<Ended> again = run(2, "resume", "parts", "--threads", "1");
    for (List<Ended> ended : List.of(resumed, again)) {
      assertThat(ended).allMatch(one -> one.code == 0, ended.toString());
      assertThat(ended.getFirst().out.replace("parts", "whole")).isEqualTo(whole.out);
      assertThat(ended.getLast().out + ended.getLast().err).isEmpty();
    }
    assertThat(end("parts")).isEqualTo(end);
    assertThat(SmallRun.hashes(folder.resolve("parts"), end.best()))
        .isEqualTo(SmallRun.hashes(folder.resolve("whole"), end.best()));
  }

  /** Half of the sequences begin with the state that another one left; the rate is too high. */
  private static String[] stopping(String run) {
    return new String[] {
      "train",
      "m.swax",
      "--threads",
      "1",
      "--run-dir",
      run,
      "--set",
      "main.budget=30 step",
      "--set",
      "main.validate_every=1 step",
      "--set",
      "main.stop=when validation stalls for 2",
      "--set",
      "main.carry=50%",
      "--set",
      "text.packing=joined",
      "--set",
      "hybrid.ffn=swiglu(hidden: 32)",
      "--set",
      "main.lr=constant(3e-1)"
    };
  }

  private EarlyEnd end(String run) {
    return Objects.requireNonNull(RunFiles.of(folder.resolve(run)).manifest().ended());
  }

  @Test
  void lanesThatProcessesDoNotDivideAreRefusedOnce() throws Exception {
    List<Ended> ended = run(3, "train", "m.swax", "--run-dir", "run");
    assertThat(ended).allMatch(one -> one.code == 2, ended.toString());
    assertThat(ended.getFirst().err)
        .isEqualTo(
            """
            error: 3 processes cannot divide 8 lanes: a step has 16 micro-batches of 16 tokens
              = help: 2 processes
            """);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aProcessWithOtherDataIsNamedBeforeAnythingIsWritten() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    SmallRun.write(other);
    Files.writeString(other.resolve("0.txt"), "another text, ".repeat(20));
    List<Ended> ended =
        run(
            List.of(folder, other),
            () -> false,
            "train",
            "m.swax",
            "--run-dir",
            folder.resolve("run").toString());
    assertThat(ended).allMatch(one -> one.code == 2, ended.toString());
    assertThat(ended.getFirst().err)
        .startsWith("error: processes differ in text.data.training: process 0 on ")
        .contains(", process 1 on ");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void processesThatWouldContinueTwoRunsAreRefused() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    SmallRun.write(other);
    for (Path each : List.of(folder, other)) {
      SmallRun.inThisProcess(
          each, "swax", "train", "m.swax", "--set", "train.budget=1 step", "--run-dir", "run");
    }
    List<Ended> ended = run(List.of(folder, other), () -> false, "resume", "run");
    assertThat(ended).allMatch(one -> one.code == 2, ended.toString());
    assertThat(ended.getFirst().err)
        .startsWith("error: processes differ in the run directory: process 0 on ")
        .contains(" has %s, process 1 on ".formatted(folder.resolve("run")));
  }

  @Test
  void clocksThatAreApartAreToldOf() throws Exception {
    Path late = Files.createDirectory(folder.resolve("late"));
    SmallRun.write(late);
    Files.writeString(late.resolve("0.txt"), "another text, ".repeat(20)); // so it ends soon
    List<Ended> ended = run(List.of(folder, late), () -> false, "train", "m.swax");
    assertThat(ended.getFirst().err)
        .containsPattern(
            "warning: the clock of process 1 on \\S+ is (299|300|301) s behind that of process 0 on ");
    assertThat(ended.getLast().err).isEmpty();
  }

  @Test
  void doctorMeasuresWhatProcessesExchange() throws Exception {
    List<Ended> ended = run(2, "doctor");
    assertThat(ended.getFirst().out)
        .containsPattern(
            "exchange +[0-9]+ us, [0-9.]+ GB/s; .*--latency [0-9.e-]+ --bandwidth [0-9.e+]+");
    assertThat(ended.getLast().out).isEmpty();
  }

  /** How a process ended, and what it printed. */
  private record Ended(int code, String out, String err) {}

  private List<Ended> run(int size, String... arguments) throws Exception {
    return run(size, () -> false, arguments);
  }

  /** {@code stop}: of process 1, or of the only one. */
  private List<Ended> run(int size, BooleanSupplier stop, String... arguments) throws Exception {
    return run(Collections.nCopies(size, folder), stop, arguments);
  }

  private static List<Ended> run(List<Path> folders, BooleanSupplier stop, String... arguments)
      throws Exception {
    List<ThreadRanks> ranks = ThreadRanks.of(folders.size());
    try (ExecutorService threads = Executors.newFixedThreadPool(folders.size())) {
      List<Callable<Ended>> all = new ArrayList<>();
      for (ThreadRanks rank : ranks) {
        BooleanSupplier asked = rank.rank() == 1 ? stop : () -> false;
        all.add(() -> run(rank, folders.get(rank.rank()), asked, arguments));
      }
      List<Ended> ended = new ArrayList<>();
      for (Future<Ended> future : threads.invokeAll(all)) {
        ended.add(future.get());
      }
      return ended;
    }
  }

  private static Ended run(
      ThreadRanks rank, Path folder, BooleanSupplier stop, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    InstantSource clock = InstantSource.offset(InstantSource.system(), ahead(folder));
    Processes processes = Processes.joined(rank, clock);
    Console console = processes.console(new Console(stream(out), stream(err), false, false, false));
    var host = new Host(console, folder, Map.of(), () -> stop, processes);
    int code = processes.end(new Swax(host).run(List.of(arguments)));
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** By how much the clock of a process in that folder is wrong. */
  private static Duration ahead(Path folder) {
    return Duration.ofSeconds(folder.endsWith("late") ? -300 : 0);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
