package dev.swax.grid.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One axis: from {@code lower} to {@code upper}, with labels where they stand. */
public record Axis(String label, double lower, double upper, List<Tick> ticks) {
  private static final int ABOUT = 5;
  private static final double MARGIN = 0.04;

  /** Lengths below have no step that can be counted. */
  private static final double NOTHING = 1e-305;

  public Axis {
    ticks = List.copyOf(ticks);
  }

  /** Writes a number so that it differs from the one a step further. */
  public interface Numbers {
    String write(double value, double step);
  }

  public record Tick(double position, String label) {}

  /** An axis that shows these places and no others. */
  public static Axis at(String label, List<Tick> ticks) {
    double lower = ticks.stream().mapToDouble(Tick::position).min().orElse(0);
    double upper = ticks.stream().mapToDouble(Tick::position).max().orElse(1);
    double margin = lower == upper ? 0.5 : (upper - lower) * MARGIN * 2;
    return new Axis(label, lower - margin, upper + margin, ticks);
  }

  /**
   * An axis over these values, with about five labels at multiples of 1, 2 or 5 times a power of
   * ten.
   */
  public static Axis over(String label, List<Double> values, Numbers numbers) {
    double[] finite = values.stream().mapToDouble(v -> v).filter(Double::isFinite).toArray();
    double lower = finite.length == 0 ? 0 : Arrays.stream(finite).min().getAsDouble();
    double upper = finite.length == 0 ? 1 : Arrays.stream(finite).max().getAsDouble();
    double length = upper - lower;
    if (length <= Math.max(Math.ulp(upper) * 16, NOTHING)) {
      length = Math.abs(upper) <= NOTHING ? 1 : Math.abs(upper) * 0.1;
      lower -= length / 2;
      upper += length / 2;
    }
    lower -= length * MARGIN;
    upper += length * MARGIN;
    if (finite.length == 0) {
      return new Axis(label, lower, upper, List.of());
    }
    double step = step(upper - lower);
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(lower / step); i * step <= upper; i++) {
      ticks.add(new Tick(i * step, numbers.write(i * step, step)));
    }
    return new Axis(label, lower, upper, ticks);
  }

  /** The distance of ticks on such a length. */
  private static double step(double length) {
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(length / ABOUT)));
    double rest = length / ABOUT / power;
    return power * (rest < 1.5 ? 1 : rest < 3.5 ? 2 : rest < 7.5 ? 5 : 10);
  }
}
