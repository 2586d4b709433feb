package dev.swax.benchmarks.training;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The measurements as Markdown. */
final class Table {
  private Table() {}

  static String of(Map<Setting, List<Measurement>> measured) throws IOException {
    var text = new StringBuilder();
    text.append(
        """

        | model | size | sequence | side | tok/s best | median | GFLOP/s best | peak RSS MB | swax is |
        |---|---|---|---|---|---|---|---|---|
        """);
    for (var entry : measured.entrySet()) {
      for (Measurement side : entry.getValue()) {
        row(entry.getKey(), entry.getValue(), side, text);
      }
    }
    text.append(
        """

        | model | size | sequence | fastest peer in fp32 | tok/s: swax / that, best steps | median of rounds | peak RSS |
        |---|---|---|---|---|---|---|
        """);
    measured.forEach((setting, sides) -> summary(setting, sides, text));
    return text.toString();
  }

  private static void row(
      Setting setting, List<Measurement> sides, Measurement side, StringBuilder text)
      throws IOException {
    Measurement swax = sides.getFirst();
    String compared =
        side.equals(swax)
            ? ""
            : side.agrees() ? format("%.2f times", swax.speedOver(side)) : "void: not equal";
    text.append(
        format(
            "| %s | %s | %d | %s | %.0f | %.0f | %.0f | %.0f | %s |%n",
            setting.model(),
            setting.sizes(),
            setting.sequence(),
            side.name(),
            setting.sizes().tokens() / side.best(),
            setting.sizes().tokens() / side.median(),
            Work.perStep(setting) / side.best() / 1e9,
            side.peakMemory() / 1e6,
            compared));
  }

  private static void summary(Setting setting, List<Measurement> sides, StringBuilder text) {
    Measurement swax = sides.getFirst();
    Measurement best =
        sides.stream()
            .skip(1)
            .filter(side -> side.agrees() && side.precision() == Precision.FP32)
            .min(Comparator.comparingDouble(Measurement::median))
            .orElse(swax);
    text.append(
        format(
            "| %s | %s | %d | %s | %.2f | %.2f | %.2f |%n",
            setting.model(),
            setting.sizes(),
            setting.sequence(),
            best.name(),
            best.best() / swax.best(),
            swax.speedOver(best),
            (double) swax.peakMemory() / best.peakMemory()));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
