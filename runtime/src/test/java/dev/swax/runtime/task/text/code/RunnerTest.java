package dev.swax.runtime.task.text.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

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
  void whatIsWrongWithTheCommandIsSaid() {
    fails(shell("true", 20), "ended without writing its answer");
    fails(shell("echo out of paper; exit 3", 20), "ended with exit code 3: out of paper");
    fails(shell("sleep 30", 1), "did not end within 1 seconds");
    fails(new Runner(List.of("/no/such/command"), 20), "cannot be started");
    fails(shell("echo '{\"id\": 0, \"passed\": true}' > \"$2\"", 20), "says nothing of program 1");
    fails(shell("echo '{\"id\": 7, \"passed\": true}' > \"$2\"", 20), "each of 0 to 1 is wanted");
    fails(shell("echo '{\"id\": 0, \"passed\": 1}' > \"$2\"", 20), "`passed` is 1, but true or");
  }

  private static void fails(Runner runner, String message) {
    assertThatThrownBy(() -> runner.run(List.of("a", "b")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  private static Runner shell(String script, int seconds) {
    return new Runner(List.of("/bin/sh", "-c", script, "runner"), seconds);
  }
}
