package dev.swax.runtime.train;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.evaluate.Score;
import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.TaskScore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person how training goes. On a terminal the progress line is rewritten in place;
 * elsewhere it is printed at the first step, at the last, and every ten seconds. All that stays on
 * the screen is also in log.txt, with the time.
 */
final class Reporter {
  static final String FILE = "log.txt";

  private static final long INTERVAL = 10_000_000_000L;
  private static final long REDRAWN = 100_000_000L;
  private static final double SMOOTHING = 0.1;

  /** The first steps of a process are many times slower, until their code is compiled. */
  private static final int WARM_UP = 10;

  private final PrintStream out;
  private final boolean terminal;
  private final @Nullable Path log;
  private final long steps;
  private final int stepTokens;
  private double secondsPerStep;
  private int seen;
  private long lastLine = System.nanoTime() - INTERVAL;
  private long lastShown = lastLine;
  private boolean lineIsOpen;

  Reporter(PrintStream out, boolean terminal, @Nullable Path log, long steps, int stepTokens) {
    this.out = out;
    this.terminal = terminal;
    this.log = log;
    this.steps = steps;
    this.stepTokens = stepTokens;
  }

  /** One that tells nobody: of the processes of a training one speaks. */
  static Reporter silent() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Reporter(nowhere, false, null, 1, 1);
  }

  /** After every step. */
  void step(StepReport report) {
    double seconds = stepTokens / report.tokensPerSecond();
    seen++;
    secondsPerStep =
        seen <= WARM_UP ? seconds : secondsPerStep + SMOOTHING * (seconds - secondsPerStep);
    long left =
        seen < WARM_UP
            ? ProgressLine.UNKNOWN
            : Math.round(secondsPerStep * (steps - report.step()));
    String line = ProgressLine.format(report, steps, stepTokens / secondsPerStep, left);
    boolean due = System.nanoTime() - lastLine >= INTERVAL || report.step() == steps;
    if (due) {
      lastLine = System.nanoTime();
      log(line);
    }
    if (terminal || due) {
      show(line);
      lastShown = System.nanoTime();
    }
  }

  /** During a validation: how far it is, and when it will be done. */
  Validation.Progress validating(long step) {
    return (all, unit) -> {
      long began = System.nanoTime();
      return done -> {
        long now = System.nanoTime();
        if (now - lastShown >= (terminal ? REDRAWN : INTERVAL) && now - began >= REDRAWN) {
          lastShown = now;
          long left = done == 0 ? 0 : Math.round((now - began) / 1e9 / done * (all - done));
          show(
              String.format(
                  Locale.ROOT,
                  "step %d/%d  validating  %,d of %,d %s  eta %s",
                  step,
                  steps,
                  done,
                  all,
                  unit,
                  ProgressLine.duration(left)));
        }
      };
    };
  }

  /** What nobody needs later, so that it is not in the log. */
  private void show(String line) {
    if (terminal) {
      out.print(TerminalLine.of(line));
      out.flush();
      lineIsOpen = true;
    } else {
      out.println(line);
    }
  }

  /** After a validation. */
  void validation(long step, Validation validation) {
    switch (validation) {
      case Validation.Text(Score score) -> validation(step, "", describe(score));
      case Validation.Examples(TaskScore score) -> validation(step, "", describe(score));
      case Validation.Mixture(var sources) ->
          sources.forEach((name, source) -> {
            switch (source) {
              case Validation.Text(Score score) -> validation(step, name + " ", describe(score));
              case Validation.Examples(TaskScore score) ->
                  validation(step, name + " ", describe(score));
              case Validation.Mixture _ -> throw new IllegalStateException("a mixture in another");
            }
          });
    }
  }

  private void validation(long step, String source, String result) {
    message("step %d/%d  validation %s%s".formatted(step, steps, source, result));
  }

  /** What a probe found over all layers; nothing where it found nothing. */
  void pathways(long step, SequencedMap<String, Double> found) {
    String whole =
        found.entrySet().stream()
            .filter(value -> !value.getKey().startsWith(Probe.LAYERS))
            .map(value -> String.format(Locale.ROOT, "%s %.4g", value.getKey(), value.getValue()))
            .collect(Collectors.joining("  "));
    if (!whole.isEmpty()) {
      message("step %d/%d  pathways  %s".formatted(step, steps, whole));
    }
  }

  private static String describe(TaskScore score) {
    Metric metric = score.primary();
    String error =
        metric.count() > 1
            ? String.format(Locale.ROOT, " (standard error %.4f)", metric.standardError())
            : "";
    String loss =
        score
            .find("loss")
            .map(found -> String.format(Locale.ROOT, "  loss %.4f", found.value()))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s %.4f%s%s  on %,d examples",
        metric.name(),
        metric.value(),
        error,
        loss,
        score.examples());
  }

  private static String describe(Score score) {
    String error =
        score.documents() > 1
            ? String.format(Locale.ROOT, " (standard error %.4f)", score.standardError())
            : "";
    return String.format(
        Locale.ROOT,
        "loss %.4f%s  ppl %s  on %s, %d %s",
        score.loss(),
        error,
        score.perplexities(ProgressLine::perplexity),
        score.amount(),
        score.documents(),
        score.documents() == 1 ? "file" : "files");
  }

  /** A line that stays. */
  void message(String text) {
    finishLine();
    out.println(text);
    log(text);
  }

  /** Leaves the progress line as it is and goes to the next. */
  void finishLine() {
    if (lineIsOpen) {
      out.println();
      lineIsOpen = false;
    }
  }

  private void log(String text) {
    if (log == null) {
      return;
    }
    String line = Instant.now().truncatedTo(ChronoUnit.SECONDS) + "  " + text + "\n";
    try {
      Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UserError(
          "cannot write to %s: %s".formatted(log, Reasons.of(e)),
          "make room on that disk, then continue with `swax resume`");
    }
  }
}
