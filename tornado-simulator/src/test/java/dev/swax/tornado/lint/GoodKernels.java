package dev.swax.tornado.lint;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Constructs that work on devices. */
final class GoodKernels {
  private static final int SIZE = 4;

  private GoodKernels() {}

  /**
   * Loops with break and continue, local and private arrays, barriers, a switch, an early return.
   */
  static void everything(KernelContext context, IntArray control, FloatArray x, int rows) {
    if (rows == 0) {
      return;
    }
    float[] shares = context.allocateFloatLocalArray(SIZE);
    float[] sums = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      sums[i] = rows > 2 ? x.get(i) : 0f;
    }
    int i = 0;
    while (i < SIZE && control.get(i) != 0) {
      i++;
      if (i == 2) {
        continue;
      }
      if (i == 3) {
        break;
      }
      sums[i % SIZE] += larger(x.get(i), shares[0]);
    }
    do {
      i--;
    } while (i > 0);
    shares[context.localIdx % SIZE] =
        switch (i) {
          case 0 -> 1f;
          case 1 -> Float.intBitsToFloat(5);
          default -> TornadoMath.exp(2f);
        };
    float a = x.get(0);
    float b = x.get(1);
    if ((a < b || a == 2) && b > 2) {
      sums[0] = a > b && b > 1 && a < 5 ? 1f : 2f;
    }
    if (a < b || (b > 2 && x.get(3) > 2)) {
      sums[1] = 0f;
    }
    for (int row = 0; row < control.get(0); row++) {
      if (rows > 3) {
        context.localBarrier();
      }
      if (x.get(row) > 0) {
        sums[2] = 1f;
      }
    }
    context.localBarrier();
    x.set(context.globalIdx, sums[1] + shares[1] + (i >> 3 & 0xFF));
  }

  private static float larger(float a, float b) {
    return a > b || Float.isNaN(a) ? a : b;
  }

  /** Not a task: the host may do as it likes. */
  static String hostSide(int x) {
    return "x" + (x >>> 1);
  }
}
