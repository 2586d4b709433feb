package dev.swax.tests.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that MPI starts, of each kind that is installed; {@code apt-get install openmpi-bin
 * mpich} does that on Debian.
 */
@Tag("cluster")
class MpiTest {
  private static final long MOST_SECONDS = 240;

  /** A kind of MPI, and how its launcher is called where both are installed. */
  enum Kind {
    OPEN_MPI("mpirun.openmpi", "Open MPI", "--oversubscribe", "--bind-to", "none"),
    MPICH("mpirun.mpich", "MPICH");

    private final String launcher;
    private final String name;
    private final List<String> options;

    Kind(String launcher, String name, String... options) {
      this.launcher = launcher;
      this.name = name;
      this.options = List.of(options);
    }

    void assumeInstalled() {
      boolean found =
          Stream.of(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, launcher)));
      assumeTrue(found, () -> "%s is not installed: no %s".formatted(name, launcher));
    }
  }

  @TempDir Path folder = Path.of("");

  /** Every process sends others slices of several sizes, and checks what it gets. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void fourProcessesExchangeSlices(Kind kind) throws Exception {
    kind.assumeInstalled();
    Ended ended = start(kind, 4, Map.of(), ExchangeProbe.class.getName());
    assertThat(ended.code).as(ended.err).isZero();
    assertThat(ended.out.lines().filter(line -> line.equals("4 processes of " + kind.name)))
        .hasSize(4);
  }

  /** It ends nothing by itself, and no message tells of it. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aProcessThatHangsIsNoticed(Kind kind) throws Exception {
    kind.assumeInstalled();
    Map<String, String> patience = Map.of("SWAX_MPI_PATIENCE", "2");
    Ended ended = start(kind, 2, patience, ExchangeProbe.class.getName(), "hang");
    assertThat(ended.code).as(ended.err).isEqualTo(3);
    assertThat(ended.out).containsOnlyOnce("process 0 did not hear of [1] for 2 s");
  }

  /** Two worlds of one: what a launcher of one kind makes of a library of another. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aProcessThatIsAloneThoughTwoWereStartedIsRefused(Kind kind) throws Exception {
    kind.assumeInstalled();
    Ended ended =
        start(
            kind,
            1,
            Map.of("SLURM_STEP_NUM_TASKS", "2", "SLURM_PROCID", "0"),
            "dev.swax.cli.Main",
            "train",
            "m.swax");
    assertThat(ended.code).isEqualTo(2);
    assertThat(ended.err).contains("error: srun started 2 processes (SLURM_STEP_NUM_TASKS), but ");
  }

  /** What is the same for all processes of a machine. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aLibraryThatIsNotThereIsToldOnce(Kind kind) throws Exception {
    kind.assumeInstalled();
    Map<String, String> library = Map.of("SWAX_MPI", "/no/libmpi.so");
    SmallRun.write(folder);
    Ended ended = start(kind, 2, library, train("run"));
    assertThat(ended.code).as(ended.err).isEqualTo(2);
    assertThat(ended.err)
        .containsOnlyOnce("error: ")
        .contains("error: SWAX_MPI is `/no/libmpi.so`, which cannot be loaded");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  /** As where a training is started from within another, or a script has kept what one was told. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void variablesOfTwoKindsAreToldOnce(Kind kind) throws Exception {
    kind.assumeInstalled();
    Map<String, String> other =
        kind == Kind.OPEN_MPI
            ? Map.of("PMI_SIZE", "3", "PMI_RANK", "1", "MPI_LOCALRANKID", "1")
            : Map.of(
                "OMPI_COMM_WORLD_SIZE", "3",
                "OMPI_COMM_WORLD_RANK", "1",
                "OMPI_COMM_WORLD_LOCAL_RANK", "1");
    SmallRun.write(folder);
    Ended ended = start(kind, 2, other, train("run"));
    assertThat(ended.code).as(ended.err).isEqualTo(2);
    assertThat(ended.err)
        .containsOnlyOnce("error: ")
        .contains("error: two kinds of MPI are mixed: Open MPI's mpirun says ");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  /** Of one kind, since it takes long: what differs between kinds is how bytes are exchanged. */
  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "OPEN_MPI")
  void twoProcessesTrainToTheBytesOfOne(Kind kind) throws Exception {
    kind.assumeInstalled();
    SmallRun.write(folder);
    Ended two = start(kind, 2, Map.of(), train("two"));
    assertThat(two.code).as(two.err).isZero();
    assertThat(two.err).contains(", by 2 processes (" + kind.name).containsOnlyOnce("training ");
    SmallRun.inThisProcess(folder, train("one"));
    assertThat(SmallRun.hashes(folder.resolve("two")))
        .isEqualTo(SmallRun.hashes(folder.resolve("one")));
  }

  /** Of one kind: what differs between kinds is how bytes are exchanged. */
  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "OPEN_MPI")
  void aRunDirectoryThatOneProcessDoesNotSeeIsRefused(Kind kind) throws Exception {
    kind.assumeInstalled();
    Path runs = Files.createDirectory(folder.resolve("hidden"));
    String hide = "[ $OMPI_COMM_WORLD_RANK = 0 ] || mount -t tmpfs none '%s'; ".formatted(runs);
    assumeTrue(
        new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "none", runs.toString())
                .start()
                .waitFor()
            == 0,
        "a folder can be hidden by root only (unshare)");
    SmallRun.write(folder);
    List<String> java = new ArrayList<>(List.of("unshare", "--mount", "bash", "-c"));
    java.add(hide + "exec \"$0\" \"$@\"");
    java.addAll(java());
    java.addAll(List.of(train("hidden/run")));
    Ended ended = start(kind, 2, Map.of(), java);
    assertThat(ended.code).as(ended.err).isEqualTo(2);
    assertThat(ended.err)
        .containsPattern(
            "error: process 1 on \\S+ does not see the folder " + runs + " of process 0");
    assertThat(runs).isEmptyDirectory();
  }

  private static String[] train(String run) {
    return new String[] {
      "dev.swax.cli.Main", "train", "m.swax", "--threads", "1", "--run-dir", run
    };
  }

  private record Ended(int code, String out, String err) {}

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"));
  }

  private Ended start(Kind kind, int processes, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of(arguments));
    return start(kind, processes, variables, command);
  }

  private Ended start(Kind kind, int processes, Map<String, String> variables, List<String> started)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(kind.launcher));
    command.addAll(kind.options);
    command.addAll(List.of("-n", Integer.toString(processes)));
    command.addAll(started);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(variables);
    builder.environment().put("UCX_ERROR_SIGNALS", "");
    builder.environment().put("OMPI_ALLOW_RUN_AS_ROOT", "1");
    builder.environment().put("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroy();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
