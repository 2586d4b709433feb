package dev.swax.runtime.task.text.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
  private static final String BOTH =
      "printf '{\"id\": \"1\", \"passed\": false}\\n{\"id\": \"0\", \"passed\": true}\\n' > \"$2\"";

  @Test
  void answersMayComeInAnyOrder() {
    assertThat(shell(BOTH, 20).run(List.of("a", "b"))).containsExactly(true, false);
  }

  @Test
  void theCommandReadsThePrograms() {
    String script = "grep -q '\"program\":\"say \\\\\"hi\\\\\"\"' \"$1\" && " + BOTH;
    assertThat(shell(script, 20).run(List.of("say \"hi\"", "b"))).containsExactly(true, false);
  }

  @Test
  void whatItLeavesBesideItsAnswerIsNoFault() {
    String leaves =
        "mkdir \"$(dirname \"$2\")/__pycache__\" && touch \"$(dirname \"$2\")/__pycache__/a\" && ";
    assertThat(shell(leaves + BOTH, 20).run(List.of("a", "b"))).containsExactly(true, false);
  }

  @Test
  void itsFilesAreFoundInItsFolderAndBelongToIt(@TempDir Path folder) throws IOException {
    Path script = folder.resolve("run.sh");
    for (String[] command :
        new String[][] {
          {"sh", "run.sh"},
          {"./run.sh"},
          {"sh", "-c", "sh 'run.sh' \"$@\"", "runner"},
          {"sh", script.toString()},
        }) {
      Files.writeString(script, "#!/bin/sh\n" + BOTH);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      Runner runner = new Runner(List.of(command), 20, folder).allow();
      String before = runner.describe();
      assertThat(runner.run(List.of("a", "b"))).containsExactly(true, false);
      Files.writeString(script, "#!/bin/sh\n" + BOTH.replace("false", "true"));
      assertThat(runner.describe()).as("as it was").isEqualTo(before);
      fails(runner, "have changed since this began");
      assertThat(new Runner(List.of(command), 20, folder).describe()).isNotEqualTo(before);
    }
  }

  @Test
  void withoutTheUsersWordItIsNotStarted(@TempDir Path folder) {
    Path trace = folder.resolve("trace");
    fails(new Runner(List.of("touch", trace.toString()), 20, folder), "may not be started");
    assertThat(trace).doesNotExist();
  }

  @Test
  void whatIsWrongWithTheCommandIsSaid() {
    fails(shell("true", 20), "ended without writing its answer");
    fails(shell("echo out of paper; exit 3", 20), "ended with exit code 3: out of paper");
    fails(shell("sleep 30", 1), "did not end within 1 seconds");
    fails(runner(20, "/no/such/command"), "cannot be started");
    fails(
        shell("echo '{\"id\": 0, \"passed\": true}' > \"$2\"", 20), "has no answer for program 1");
    fails(shell("echo '{\"id\": 7, \"passed\": true}' > \"$2\"", 20), "each of 0 to 1 is expected");
    fails(shell("echo '{\"id\": 0, \"passed\": 1}' > \"$2\"", 20), "`passed` is 1, but true or");
  }

  private static void fails(Runner runner, String message) {
    assertThatThrownBy(() -> runner.run(List.of("a", "b")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  private static Runner shell(String script, int seconds) {
    return runner(seconds, "/bin/sh", "-c", script, "runner");
  }

  private static Runner runner(int seconds, String... command) {
    return new Runner(List.of(command), seconds, Path.of("")).allow();
  }
}
