package dev.swax.grid.report;

import dev.swax.grid.report.chart.Axis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/**
 * Where the values of an axis stand: numbers by their logarithm to base 2 where the largest is at
 * least four times the smallest, other numbers as they are, words one after another in the order of
 * the grid.
 */
final class AxisScale {
  private static final Pattern NUMBER =
      Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?(?:e-?[0-9]+)?)(?: tok| step|%)?");
  private static final double LOGARITHMIC_FROM = 4;
  private static final int MOST_TICKS = 9;
  private static final long KI = 1024;
  private static final long FIRST_SHORTENED = 10_000;

  private final String label;
  private final List<String> values;
  private final boolean numeric;
  private final boolean logarithmic;

  AxisScale(String label, List<String> values) {
    this.label = label;
    SequencedSet<String> distinct = new LinkedHashSet<>(values);
    this.values = List.copyOf(distinct);
    List<Double> numbers = new ArrayList<>();
    distinct.forEach(value -> number(value).ifPresent(numbers::add));
    this.numeric = !numbers.isEmpty() && numbers.size() == distinct.size();
    double least = numbers.stream().mapToDouble(v -> v).min().orElse(0);
    double most = numbers.stream().mapToDouble(v -> v).max().orElse(0);
    this.logarithmic = numeric && least > 0 && most >= LOGARITHMIC_FROM * least;
  }

  private static Optional<Double> number(String value) {
    var match = NUMBER.matcher(value);
    return match.matches() ? Optional.of(Double.valueOf(match.group(1))) : Optional.empty();
  }

  double position(String value) {
    if (!numeric) {
      return values.indexOf(value);
    }
    double number = number(value).orElseThrow();
    return logarithmic ? StrictMath.log(number) / StrictMath.log(2) : number;
  }

  Axis axis() {
    String label = this.label + (logarithmic ? " (logarithmic)" : "");
    if (numeric && values.size() > MOST_TICKS) {
      return logarithmic ? powers(label) : linear(label);
    }
    return Axis.at(
        label, values.stream().map(v -> new Axis.Tick(position(v), tickLabel(v))).toList());
  }

  private Axis linear(String label) {
    return Axis.over(label, values.stream().map(this::position).toList(), TickNumbers::plain);
  }

  private Axis powers(String label) {
    double least = values.stream().mapToDouble(this::position).min().orElseThrow();
    double most = values.stream().mapToDouble(this::position).max().orElseThrow();
    List<Axis.Tick> ticks = new ArrayList<>();
    long apart = Math.max(1, Math.round((most - least) / MOST_TICKS));
    for (long power = (long) Math.floor(least); power <= Math.ceil(most); power += apart) {
      ticks.add(new Axis.Tick(power, power(power)));
    }
    return Axis.at(label, ticks);
  }

  private static String power(long power) {
    double value = StrictMath.pow(2, power);
    return power < 0 ? TickNumbers.plain(value, value / 10) : shortened(Math.round(value));
  }

  /** Large multiples of 1,024 are written as the language writes them: 16Ki. */
  private static String tickLabel(String value) {
    return number(value)
        .filter(number -> value.equals(value.replace("%", "")))
        .filter(number -> number == Math.rint(number) && number < Long.MAX_VALUE)
        .map(number -> shortened(Math.round(number)))
        .orElse(value);
  }

  private static String shortened(long value) {
    return value >= FIRST_SHORTENED && value % KI == 0
        ? value / KI + "Ki"
        : String.format(Locale.ROOT, value >= FIRST_SHORTENED ? "%,d" : "%d", value);
  }
}
