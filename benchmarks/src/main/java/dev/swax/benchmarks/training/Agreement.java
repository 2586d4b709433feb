package dev.swax.benchmarks.training;

import dev.swax.runtime.checkpoint.NamedTensor;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether two sides train the same model: the first loss, the norm of all its gradients, the
 * gradient of every weight, and the loss after one update.
 */
final class Agreement {
  /** Of a loss: fp32 rounding through four blocks, with room. */
  private static final double LOSS = 1e-4;

  /** Of the norm of all gradients. */
  private static final double NORM = 1e-4;

  /**
   * Of one weight's gradient, as a vector, for each block of the model: sums over 8,192 tokens in
   * different orders, whose terms cancel to a hundredth. Through 12 blocks, the gradients of
   * PyTorch and of swax are 6e-4 and 8e-4 from those in double.
   */
  private static final double GRADIENT = 2.5e-4;

  /** Gradients that are a smaller part of the whole than this are rounding more than value. */
  private static final double SMALL = 1e-4;

  private Agreement() {}

  /** What does not agree, or an empty text. */
  static String faults(
      Setting setting,
      Precision precision,
      List<StepResult> ours,
      List<StepResult> theirs,
      Path ourGradients,
      Path theirGradients)
      throws IOException {
    var faults = new StringBuilder();
    double coarser = precision.coarser();
    compare("first loss", ours.get(0).loss(), theirs.get(0).loss(), LOSS * coarser, faults);
    compare(
        "norm of the gradients", ours.get(0).norm(), theirs.get(0).norm(), NORM * coarser, faults);
    compare("second loss", ours.get(1).loss(), theirs.get(1).loss(), LOSS * coarser, faults);
    try (Arena arena = Arena.ofConfined()) {
      List<NamedTensor> our = Weights.read(setting, ourGradients, arena);
      List<NamedTensor> their = Weights.read(setting, theirGradients, arena);
      compare(our, their, precision, GRADIENT * setting.sizes().blocks() * coarser, faults);
    }
    return faults.toString();
  }

  private static void compare(
      List<NamedTensor> ours,
      List<NamedTensor> theirs,
      Precision precision,
      double tolerance,
      StringBuilder faults) {
    double our = norm(ours);
    double their = norm(theirs);
    double all = 0;
    for (int i = 0; i < ours.size(); i++) {
      Tensor a = ours.get(i).values();
      Tensor b = theirs.get(i).values();
      double distance = 0;
      for (long j = 0; j < a.length(); j++) {
        distance += square(a.get(j) / our - b.get(j) / their);
      }
      all += distance;
      double size = Math.max(SMALL, Math.sqrt(squares(a)) / our);
      if (precision == Precision.FP32) {
        compare(
            "gradient of " + ours.get(i).name(),
            size,
            size + Math.sqrt(distance),
            tolerance,
            faults);
      }
    }
    if (precision != Precision.FP32) {
      // One bias may be rounding for the most part, where products are rounded.
      compare("gradient", 1, 1 + Math.sqrt(all), tolerance, faults);
    }
  }

  private static double norm(List<NamedTensor> tensors) {
    return Math.sqrt(tensors.stream().mapToDouble(tensor -> squares(tensor.values())).sum());
  }

  private static double squares(Tensor tensor) {
    double sum = 0;
    for (long i = 0; i < tensor.length(); i++) {
      sum += square(tensor.get(i));
    }
    return sum;
  }

  private static double square(double x) {
    return x * x;
  }

  private static void compare(
      String what, double ours, double theirs, double tolerance, StringBuilder faults) {
    double difference = Math.abs(ours - theirs) / Math.abs(ours);
    if (!(difference <= tolerance)) {
      faults.append("  %s differs by %.1e%n".formatted(what, difference));
    }
  }
}
