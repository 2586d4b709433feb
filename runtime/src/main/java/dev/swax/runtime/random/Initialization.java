package dev.swax.runtime.random;

import dev.swax.runtime.program.Initializer;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * First values of parameters. Element i of a parameter depends on the seed, its name and i only, so
 * adding a layer changes no other layer's start. Moments and gradients become zero.
 */
public final class Initialization {
  private static final int PART = 1 << 16;

  /** Of matrices, relative to one whose products keep the size of their factor. */
  private static final double DISTURBANCE = 0.5;

  private Initialization() {}

  /** Fills every parameter by its {@link Initializer}. */
  public static void initialize(List<Parameter> parameters, long seed) {
    for (Parameter parameter : parameters) {
      fill(parameter.spec(), parameter.value(), seed);
      parameter.gradient().clear();
      parameter.first().clear();
      parameter.second().clear();
    }
  }

  /**
   * Fills every parameter and moves it a little, so that what begins with zeros has a say: weights
   * for comparing two programs. Were they random altogether, a memory would divide by sums that
   * nearly cancel, and the gradients of two right programs would differ by a hundred times as much.
   */
  public static void initializeForComparison(
      List<Parameter> parameters, long seed, SplittableRandom random) {
    initialize(parameters, seed);
    for (Parameter parameter : parameters) {
      double deviation =
          parameter.spec().decayed() ? DISTURBANCE / Math.sqrt(parameter.spec().rows()) : 0.1;
      Tensor value = parameter.value();
      for (long i = 0; i < value.length(); i++) {
        value.set(i, (float) (value.get(i) + deviation * random.nextGaussian()));
      }
    }
  }

  private static void fill(ParameterSpec spec, Tensor value, long seed) {
    int parts = Math.toIntExact((spec.size() + PART - 1) / PART);
    IntStream.range(0, parts)
        .parallel()
        .forEach(part -> {
          long from = (long) part * PART;
          fill(spec, value, seed, from, Math.min(spec.size(), from + PART));
        });
  }

  private static void fill(ParameterSpec spec, Tensor value, long seed, long from, long to) {
    var stream = new RandomStream(seed, "init/" + spec.name());
    stream.seek(from);
    for (long i = from; i < to; i++) {
      value.set(i, (float) value(spec.initializer(), spec, stream, i));
    }
  }

  /** Value {@code i}; the stream stands where its number is drawn. */
  private static double value(
      Initializer initializer, ParameterSpec spec, RandomStream stream, long i) {
    return switch (initializer) {
      case Initializer.Constant(double constant) -> constant;
      case Initializer.Normal(double deviation) -> deviation * stream.nextNormal();
      case Initializer.Uniform(double from, double to) -> from + (to - from) * stream.nextDouble();
      case Initializer.Linspace(double first, double last) -> {
        int gaps = Math.max(1, spec.columns() - 1);
        yield first + (last - first) * (i % spec.columns()) / gaps;
      }
      case Initializer.Rows(double first, double last, int rows, int columns) ->
          first + (last - first) * (i / columns % rows) / Math.max(1, rows - 1);
      case Initializer.Power(double exponent, var values) ->
          StrictMath.pow(value(values, spec, stream, i), exponent);
      case Initializer.Of(var function, var values) -> function.of(value(values, spec, stream, i));
      case Initializer.Affine(double scale, double shift, var values) ->
          scale * value(values, spec, stream, i) + shift;
    };
  }
}
