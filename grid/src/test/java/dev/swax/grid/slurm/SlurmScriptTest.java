package dev.swax.grid.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swax.grid.launch.ModelCommand;
import dev.swax.grid.store.GridFolder;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script of a task, run by bash with programs that stand for swax and for Slurm's. */
class SlurmScriptTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path temporary = Path.of("");

  /**
   * @param state of the task when it is asked
   */
  @ParameterizedTest
  @CsvSource({
    "0, '', RUNNING, 0, false",
    "2, '', RUNNING, 2, false",
    "70, '', RUNNING, 70, false",
    "75, '', RUNNING, 75, true",
    "75, USR1, RUNNING, 75, true",
    "75, TERM, RUNNING, 75, true",
    "75, TERM, COMPLETING, 75, false",
    "76, TERM, RUNNING, 76, true",
    "76, USR1, RUNNING, 2, false",
  })
  void howItEndsSaysWhatFollows(
      int code, String signal, String state, int expected, boolean requeued) throws Exception {
    assumeTrue(
        Files.isExecutable(BASH), "there is no /bin/bash, which Slurm would run the script with");
    Path folder = Files.createDirectories(temporary.resolve("a folder, it's 100%"));
    program(folder.resolve("swax"), swax(code, signal));
    program(folder.resolve("squeue"), "echo " + state);
    program(folder.resolve("scontrol"), "echo \"$@\" >>requeued");
    Path script =
        Files.writeString(folder.resolve("job.sh"), script(folder).of(List.of("m0", "m1")));

    var builder = new ProcessBuilder(BASH.toString(), script.toString()).redirectErrorStream(true);
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("SLURM_ARRAY_JOB_ID", "17");
    builder.environment().put("SLURM_ARRAY_TASK_ID", "1");
    builder.environment().put("SLURMD_NODENAME", "n1");
    Process process = builder.redirectOutput(folder.resolve("out").toFile()).start();
    if (!signal.isEmpty()) {
      awaitFile(folder.resolve("ready"));
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).as(Files.readString(folder.resolve("out"))).isEqualTo(expected);
    assertThat(folder.resolve("jobs/j/1.code")).hasContent("" + expected);
    assertThat(folder.resolve("jobs/j/1.node")).hasContent("n1");
    assertThat(Files.exists(folder.resolve("requeued"))).isEqualTo(requeued);
    assertThat(Files.readString(folder.resolve("cells/m1/log.txt")))
        .startsWith("grid cell --model m1\n");
  }

  /** Says what it was called with; waits for its signal, where it is to get one. */
  private static String swax(int code, String signal) {
    String wait =
        signal.isEmpty()
            ? ""
            : "trap 'exit %d' %s; touch ready; for i in $(seq 300); do sleep 0.1; done"
                .formatted(code, signal);
    return "echo \"$@\"\n%s\nexit %d".formatted(wait, code);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() throws Exception {
    assumeTrue(
        Files.isExecutable(BASH), "there is no /bin/bash, which Slurm would run the script with");
    Path gone = temporary.resolve("gone");
    Path script = Files.writeString(temporary.resolve("job.sh"), script(gone).of(List.of("m0")));
    var builder = new ProcessBuilder(BASH.toString(), script.toString()).redirectErrorStream(true);
    builder.environment().put("SLURMD_NODENAME", "n1");
    Path out = temporary.resolve("out");
    assertThat(builder.redirectOutput(out.toFile()).start().waitFor()).isEqualTo(2);
    assertThat(out).content().contains("error: node n1 does not see the folders of the grid");
  }

  @Test
  void namesThatSlurmWouldChangeAreWrittenSoThatItDoesNot() {
    assertThat(script(Path.of("/a b/100%")).of(List.of("m0")))
        .contains("#SBATCH --output=\"/a b/100%%/jobs/j/%a.log\"\n", "cd '/a b/100%' ");
    assertThatThrownBy(() -> script(Path.of("/a\"b")).of(List.of("m0")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("quote or a backslash");
  }

  private static SlurmScript script(Path folder) {
    return new SlurmScript(
        "j",
        folder.resolve("jobs/j"),
        new GridFolder(folder),
        new ModelCommand(folder, List.of("swax", "grid", "cell", "--model")),
        new SlurmRequest(0, 1, 512, null, true, List.of()));
  }

  private static void program(Path file, String lines) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + lines + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void awaitFile(Path file) throws InterruptedException {
    for (int i = 0; i < 3000 && !Files.exists(file); i++) {
      Thread.sleep(10);
    }
    assertThat(file).exists();
  }
}
