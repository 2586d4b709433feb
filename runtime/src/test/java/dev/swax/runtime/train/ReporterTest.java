package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.evaluate.Score;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReporterTest {
  @TempDir Path folder;

  @Test
  void onATerminalTheLineIsRewrittenUntilAMessageComes() {
    String text = report(true);
    assertThat(text)
        .startsWith("\r\u001b[?7lstep 1/3  loss")
        .contains("\u001b[K\u001b[?7h\r\u001b[?7lstep 2/3  loss")
        .contains("\u001b[K\u001b[?7h" + System.lineSeparator() + "done");
  }

  @Test
  void elsewhereTheFirstAndTheLastLineArePrinted() {
    assertThat(report(false).lines().map(line -> line.split("  ")[0]))
        .containsExactly("step 1/3", "step 3/3", "done");
  }

  @Test
  void aValidationSaysHowSureItIs() {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    var reporter = new Reporter(out, false, folder.resolve("log.txt"), 3, 64);
    reporter.validation(2, new Validation.Text(new Score(12_345, 24_690, 7, 1.5, 0.01)));
    reporter.validation(3, new Validation.Text(new Score(12_345, 12_345, 1, 1.5, Double.NaN)));
    out.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "step 2/3  validation loss 1.5000 (standard error 0.0100)"
                + "  ppl 4.482 a token, 2.117 a byte  on 12,345 tokens in 24,690 bytes, 7 files",
            "step 3/3  validation loss 1.5000  ppl 4.482 a byte  on 12,345 bytes, 1 file");
  }

  @Test
  void whatStaysIsLoggedWithItsTime() {
    report(true);
    assertThat(folder.resolve("log.txt"))
        .content()
        .matches("(?s)\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z  step 1/3 .*Z  step 3/3 .*Z  done\n");
  }

  @Test
  void theFirstStepsSayNothingOfTheRest() {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    var reporter = new Reporter(out, true, folder.resolve("log.txt"), 1000, 64);
    for (int step = 1; step <= 20; step++) {
      double tokensPerSecond = step < 10 ? 6.4 : 640;
      reporter.step(
          new StepReport(
              step,
              5,
              0,
              new LinkedHashMap<>(),
              1,
              0.1,
              new LinkedHashMap<>(),
              64,
              tokensPerSecond,
              1 << 30));
    }
    out.flush();
    String[] lines = bytes.toString(StandardCharsets.UTF_8).split("\r\u001b\\[\\?7l");
    assertThat(lines[1]).startsWith("step 1/1000").doesNotContain("eta");
    assertThat(lines[9]).startsWith("step 9/1000").doesNotContain("eta");
    assertThat(lines[10]).startsWith("step 10/1000").contains("eta 01:39");
    assertThat(lines[20]).startsWith("step 20/1000").contains("eta 01:38");
  }

  @Test
  void aLongValidationTellsHowFarItIs() throws InterruptedException {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    var reporter = new Reporter(out, true, null, 10, 64);
    LongConsumer progress = reporter.validating(5).of(4_000, "tokens");
    progress.accept(1);
    assertThat(bytes.size()).isZero();
    Thread.sleep(150);
    progress.accept(2_000);
    out.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("step 5/10  validating  2,000 of 4,000 tokens  eta 00:0");
  }

  private String report(boolean terminal) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    var reporter = new Reporter(out, terminal, folder.resolve("log.txt"), 3, 64);
    for (int step = 1; step <= 3; step++) {
      reporter.step(
          new StepReport(
              step, 5, 0, new LinkedHashMap<>(), 1, 0.1, new LinkedHashMap<>(), 64, 1000, 1 << 30));
    }
    reporter.message("done");
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
