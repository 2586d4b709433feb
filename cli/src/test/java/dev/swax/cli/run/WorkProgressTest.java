package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WorkProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void onATerminalOneLineIsRewrittenAndTakenOff() {
    work(true);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\r\u001b[?7l1 of 2\u001b[K\u001b[?7h\r\u001b[K");
  }

  @Test
  void elsewhereShortWorkIsSilent() {
    work(false);
    assertThat(bytes.size()).isZero();
  }

  private void work(boolean terminal) {
    var console = new Console(err, err, false, terminal, false);
    var progress = new WorkProgress(console, 2, done -> done + " of 2");
    progress.accept(1);
    progress.accept(2);
    progress.finish();
  }
}
