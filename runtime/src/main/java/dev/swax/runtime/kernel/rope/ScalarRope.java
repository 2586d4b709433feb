package dev.swax.runtime.kernel.rope;

import dev.swax.runtime.tensor.Tensor;

/** The meaning of {@link dev.swax.runtime.kernel.Kernels#rope}: plain loops in double. */
public final class ScalarRope {

  /**
   * {@code (y[a], y[b]) = magnitude rotation(position * frequency) (x[a], x[b])} for every pair (a,
   * b) of every head; backwards when {@code inverse}.
   */
  public void rope(
      Tensor x,
      Tensor y,
      int batch,
      int time,
      int heads,
      Rotation rotation,
      long firstPosition,
      boolean inverse) {
    double[] frequencies = rotation.frequencies();
    double magnitude = rotation.scaling().magnitude();
    int apart = rotation.apart();
    for (int row = 0; row < batch * time; row++) {
      double position = firstPosition + row % time;
      for (int h = 0; h < heads; h++) {
        long head = ((long) row * heads + h) * rotation.headWidth();
        for (int i = 0; i < frequencies.length; i++) {
          double angle = position * frequencies[i];
          long at = head + rotation.first(i);
          rotate(x, y, at, at + apart, inverse ? -angle : angle, magnitude);
        }
        for (int c = rotation.columns(); c < rotation.headWidth(); c++) {
          y.set(head + c, x.get(head + c));
        }
      }
    }
  }

  private static void rotate(
      Tensor x, Tensor y, long first, long second, double angle, double magnitude) {
    double a = x.get(first);
    double b = x.get(second);
    y.set(first, (float) (magnitude * (a * Math.cos(angle) - b * Math.sin(angle))));
    y.set(second, (float) (magnitude * (a * Math.sin(angle) + b * Math.cos(angle))));
  }
}
