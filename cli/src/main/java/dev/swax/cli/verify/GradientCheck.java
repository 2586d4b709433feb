package dev.swax.cli.verify;

import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.interpret.ModelInterpreter;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Losses and gradients of the program against the interpreter in double, and gradients against
 * finite differences of the interpreter's loss: for each weight p a random direction d of length 1,
 * {@code (loss(p + h d) - loss(p - h d)) / 2h} against {@code d . gradient}.
 */
final class GradientCheck {
  private static final int SEQUENCES = 2;
  private static final int TIME = 37;

  /**
   * At the first one, rounding in double and the third derivative both stay far below fp32's
   * rounding. The others are for a loss that bends too much there, or has a corner so near.
   */
  private static final List<Double> STEPS = List.of(1e-4, 1e-5, 1e-6);

  /**
   * How much more than the weights a program rounds: gradients may differ by so many times what
   * rounding all weights once does to them. It was 10 at most in models with tiny layers.
   */
  private static final double ROUNDED_WEIGHTS = 32;

  /** No check would be left with more. */
  private static final double LOOSEST = 0.02;

  /**
   * A gradient this much smaller than the largest one is compared with what it would be at this
   * size: below, fp32 keeps no digit of sums that cancel, as those of sLSTM's input bias do.
   */
  private static final double SMALLEST = 1e-3;

  private final Subject subject;
  private final Maker maker;
  private final SplittableRandom random;
  private final double least;

  /** Makes the program that is checked. */
  interface Maker {
    /** A program that trains so many sequences of so many tokens. */
    Program create(Parameters parameters, int sequences, int time);
  }

  /**
   * @param least a tolerance that is enough, where more than sums is rounded; 0 where nothing is
   */
  GradientCheck(Subject subject, Maker maker, SplittableRandom random, double least) {
    this.subject = subject;
    this.maker = maker;
    this.random = random;
    this.least = least;
  }

  List<Check> run() {
    Batch batch = subject.batch(random, SEQUENCES, TIME, true);
    double scale = 1.0 / (SEQUENCES * TIME);
    try (Parameters parameters = Parameters.allocate(subject.program().parameterSpecs(), true);
        Program program = maker.create(parameters, SEQUENCES, TIME)) {
      SequencedMap<String, Matrix> weights =
          least > 0
              ? Weights.nearInitial(parameters, random)
              : Weights.randomize(parameters, random);
      program.parametersChanged();
      program.accumulate(batch, subject.windows(), scale);
      program.refreshParameters();
      Supplier<Bindings> bindings = () -> bind(batch, subject.windows());
      var oracle = new ModelInterpreter(subject.lowering().ir(), weights, bindings);
      var rounded =
          new ModelInterpreter(subject.lowering().ir(), Weights.rounded(weights, random), bindings);
      SequencedMap<String, Matrix> exact = oracle.gradients(scale);
      double noise = ROUNDED_WEIGHTS * worst(exact, rounded.gradients(scale)).error();
      double tolerance = Math.max(tolerance(), Math.min(noise, LOOSEST));
      return List.of(
          losses(program.losses(), oracle.forward().losses()),
          check(
              "gradients against the interpreter", worst(exact, gradients(parameters)), tolerance),
          check(
              "gradients against finite differences",
              differences(weights, bindings, parameters, scale, tolerance),
              tolerance));
    }
  }

  private static Bindings bind(Batch batch, int[] windows) {
    return new Bindings(batch.batch(), batch.time())
        .tokens(batch.tokens())
        .targets(batch.targets())
        .documentStarts(batch.documentStarts())
        .windows(windows);
  }

  private double tolerance() {
    return Math.max(least, Tolerance.sums(subject.terms(TIME), subject.stages()));
  }

  private Check losses(Tensor program, Matrix oracle) {
    double error = 0;
    for (int row = 0; row < oracle.values().length; row++) {
      error = Math.max(error, Math.abs(program.get(row) - oracle.values()[row]));
    }
    return new Check(
        "losses against the interpreter", error / Weights.largest(oracle), tolerance(), null);
  }

  private static Check check(String name, Worst worst, double tolerance) {
    return new Check(name, worst.error(), tolerance, worst.where());
  }

  private static SequencedMap<String, Matrix> gradients(Parameters parameters) {
    SequencedMap<String, Matrix> gradients = new LinkedHashMap<>();
    parameters.all().forEach(p -> gradients.put(p.spec().name(), Weights.matrix(p, p.gradient())));
    return gradients;
  }

  /** By how much gradients differ, each relative to its largest number. */
  private static Worst worst(Map<String, Matrix> expected, Map<String, Matrix> actual) {
    SequencedMap<String, Double> errors = new LinkedHashMap<>();
    double most =
        expected.values().stream()
            .mapToDouble(Weights::largest)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    expected.forEach((name, gradient) -> {
      double[] others = Objects.requireNonNull(actual.get(name)).values();
      double error = 0;
      for (int i = 0; i < others.length; i++) {
        error = Math.max(error, Math.abs(others[i] - gradient.values()[i]));
      }
      double largest = Math.max(Weights.largest(gradient), SMALLEST * most);
      errors.put(name, error / Math.max(largest, Double.MIN_NORMAL));
    });
    return Worst.of(errors);
  }

  private Worst differences(
      Map<String, Matrix> weights,
      Supplier<Bindings> bindings,
      Parameters parameters,
      double scale,
      double tolerance) {
    double most =
        parameters.all().stream()
            .mapToDouble(parameter -> length(parameter.gradient()))
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    List<Supplier<Double>> tasks = new ArrayList<>();
    weights.forEach((name, weight) -> {
      Tensor gradient = parameters.get(name).gradient();
      double size = Math.max(Math.max(length(gradient), SMALLEST * most), Double.MIN_NORMAL);
      double[] direction = direction(weight.values().length);
      tasks.add(() -> {
        double error = Double.POSITIVE_INFINITY;
        for (double step : STEPS) {
          if (!(error <= tolerance)) {
            double difference =
                objective(weights, bindings, name, direction, step, scale)
                    - objective(weights, bindings, name, direction, -step, scale);
            double along = dot(direction, gradient);
            error = Math.min(error, Math.abs(along - difference / (2 * step)) / size);
          }
        }
        return error; // NaN stays
      });
    });
    SequencedMap<String, Double> errors = new LinkedHashMap<>();
    List<Double> found = tasks.parallelStream().map(Supplier::get).toList();
    weights.keySet().forEach(name -> errors.put(name, found.get(errors.size())));
    return Worst.of(errors);
  }

  private static double length(Tensor gradient) {
    double square = 0;
    for (long i = 0; i < gradient.length(); i++) {
      square += (double) gradient.get(i) * gradient.get(i);
    }
    return Math.sqrt(square);
  }

  /** The objective with one weight a step along a direction. */
  private double objective(
      Map<String, Matrix> weights,
      Supplier<Bindings> bindings,
      String name,
      double[] direction,
      double step,
      double scale) {
    Map<String, Matrix> moved = new LinkedHashMap<>(weights);
    Matrix weight = Objects.requireNonNull(weights.get(name)).copy();
    for (int i = 0; i < direction.length; i++) {
      weight.values()[i] += step * direction[i];
    }
    moved.put(name, weight);
    return new ModelInterpreter(subject.lowering().ir(), moved, bindings).objective(scale);
  }

  private static double dot(double[] direction, Tensor gradient) {
    double sum = 0;
    for (int i = 0; i < direction.length; i++) {
      sum += direction[i] * gradient.get(i);
    }
    return sum;
  }

  private double[] direction(int length) {
    double[] direction = new double[length];
    double square = 0;
    for (int i = 0; i < length; i++) {
      direction[i] = random.nextDouble() - 0.5;
      square += direction[i] * direction[i];
    }
    for (int i = 0; i < length; i++) {
      direction[i] /= Math.sqrt(square);
    }
    return direction;
  }
}
