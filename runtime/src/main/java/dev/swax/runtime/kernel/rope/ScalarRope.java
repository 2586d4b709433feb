package dev.swax.runtime.kernel.rope;

import dev.swax.runtime.tensor.Tensor;

/** Rotary positions (Su et al. 2021) on adjacent pairs. */
public final class ScalarRope {

  /**
   * {@code (y[2i], y[2i+1]) = rotation(position * theta^(-2i/headWidth)) (x[2i], x[2i+1])} in every
   * head; backwards when {@code inverse}.
   */
  public void rope(
      Tensor x,
      Tensor y,
      int batch,
      int time,
      int heads,
      int headWidth,
      double theta,
      long firstPosition,
      boolean inverse) {
    for (int row = 0; row < batch * time; row++) {
      double position = firstPosition + row % time;
      for (int h = 0; h < heads; h++) {
        long head = ((long) row * heads + h) * headWidth;
        for (int i = 0; i < headWidth / 2; i++) {
          double angle = position * frequency(theta, i, headWidth);
          rotate(x, y, head + 2 * i, inverse ? -angle : angle);
        }
      }
    }
  }

  /** {@code theta^(-2i/headWidth)}. */
  static double frequency(double theta, int pair, int headWidth) {
    return Math.pow(theta, -2.0 * pair / headWidth);
  }

  private static void rotate(Tensor x, Tensor y, long at, double angle) {
    double even = x.get(at);
    double odd = x.get(at + 1);
    y.set(at, (float) (even * Math.cos(angle) - odd * Math.sin(angle)));
    y.set(at + 1, (float) (even * Math.sin(angle) + odd * Math.cos(angle)));
  }
}
