package dev.swax.runtime.train;

import java.util.Locale;
import java.util.stream.Collectors;

/** {@code step 120/488 loss 5.2014 ppl 181.5 gnorm 2.25 lr 2.9e-04 win 128 tok/s 27,483 ...}. */
final class ProgressLine {
  /** In place of the seconds left, where nobody can tell yet. */
  static final long UNKNOWN = -1;

  private ProgressLine() {}

  /**
   * One line.
   *
   * @param tokensPerSecond smoothed over the last steps
   * @param secondsLeft of the run, or {@link #UNKNOWN}
   */
  static String format(StepReport report, long steps, double tokensPerSecond, long secondsLeft) {
    StringBuilder line = new StringBuilder();
    line.append(text("step %d/%d  loss %.4f", report.step(), steps, report.loss()));
    line.append("  ppl ").append(perplexity(StrictMath.exp(report.loss())));
    if (report.zLoss() > 0) {
      line.append(text("  z-loss %.4f", report.zLoss()));
    }
    report.sources().forEach((name, loss) -> line.append(text("  %s %.3f", name, loss)));
    line.append(text("  gnorm %.2f  lr %.1e", report.gradientNorm(), report.rate()));
    if (!report.windows().isEmpty()) {
      line.append("  win ").append(windows(report));
    }
    line.append(text("  tok/s %,.0f", tokensPerSecond));
    line.append(text("  mem %.2fGiB", report.residentBytes() / 0x1p30));
    if (secondsLeft != UNKNOWN) {
      line.append("  eta ").append(duration(secondsLeft));
    }
    return line.toString();
  }

  private static String windows(StepReport report) {
    return report.windows().values().stream()
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining("/"));
  }

  /** Four digits or more, so that small perplexities can be told apart. */
  static String perplexity(double perplexity) {
    if (perplexity < 10) {
      return text("%.3f", perplexity);
    }
    return perplexity < 100 ? text("%.2f", perplexity) : text("%.1f", perplexity);
  }

  /** {@code 03:12}, or {@code 2:03:12} from an hour on. */
  static String duration(long seconds) {
    long hours = seconds / 3600;
    String rest = text("%02d:%02d", seconds / 60 % 60, seconds % 60);
    return hours == 0 ? rest : hours + ":" + rest;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
