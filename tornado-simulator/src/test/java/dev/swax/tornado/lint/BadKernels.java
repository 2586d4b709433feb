package dev.swax.tornado.lint;

import java.util.function.IntUnaryOperator;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A class for each construct that kernels must not have. */
final class BadKernels {
  private BadKernels() {}

  static final class UnsignedShift {
    static void run(KernelContext context, IntArray x) {
      x.set(0, x.get(0) >>> 3);
    }
  }

  static final class GroupReadTwice {
    static void run(KernelContext context, IntArray x) {
      x.set(context.groupIdx / 3, context.groupIdx % 3);
    }
  }

  static final class Rotation {
    static void run(KernelContext context, IntArray x) {
      x.set(0, Integer.rotateLeft(x.get(0), 3));
    }
  }

  static final class ReturnInLoop {
    static void run(KernelContext context, IntArray x) {
      x.set(0, firstZero(x, 10));
    }

    private static int firstZero(IntArray x, int size) {
      for (int i = 0; i < size; i++) {
        if (x.get(i) == 0) {
          return i;
        }
      }
      return -1;
    }
  }

  static final class EndlessLoop {
    static void run(KernelContext context, IntArray x) {
      int i = 0;
      while (true) {
        if (x.get(i) > 0) {
          i++;
          continue;
        }
        if (x.get(i + 1) > 0 || i > 10) {
          break;
        }
        i += 2;
      }
      x.set(0, i);
    }
  }

  static final class ArrayHandedOn {
    static void run(KernelContext context, FloatArray x) {
      float[] all = context.allocateFloatLocalArray(4);
      x.set(0, first(all));
    }

    private static float first(float[] all) {
      return all[0];
    }
  }

  static final class Throwing {
    static void run(KernelContext context, IntArray x) {
      if (x.get(0) < 0) {
        throw new IllegalArgumentException();
      }
    }
  }

  static final class StaticArray {
    private static final int[] TABLE = {1, 2, 3};

    static void run(KernelContext context, IntArray x) {
      x.set(0, TABLE[1]);
    }
  }

  static final class Fused {
    static void run(KernelContext context, FloatArray x) {
      x.set(0, Math.fma(x.get(0), x.get(1), x.get(2)));
    }
  }

  static final class FloatBits {
    static void run(KernelContext context, FloatArray x, IntArray y) {
      y.set(0, Float.floatToIntBits(x.get(0)));
    }
  }

  static final class TwoDimensions {
    static void run(KernelContext context, FloatArray x) {
      float[][] all = new float[2][3];
      x.set(0, all[1][2]);
    }
  }

  static final class Lambda {
    static void run(KernelContext context, IntArray x) {
      IntUnaryOperator next = i -> i + 1;
      x.set(0, next.applyAsInt(x.get(0)));
    }
  }

  static final class Recursion {
    static void run(KernelContext context, IntArray x) {
      x.set(0, even(x.get(0)));
    }

    private static int even(int x) {
      return x == 0 ? 1 : odd(x - 1);
    }

    private static int odd(int x) {
      return x == 0 ? 0 : even(x - 1);
    }
  }

  static final class BooleanParameter {
    static void run(KernelContext context, IntArray x, boolean negative) {
      x.set(0, negative ? -1 : 1);
    }
  }

  static final class EnumParameter {
    enum Kind {
      ONE,
      OTHER
    }

    static void run(KernelContext context, IntArray x, Kind kind) {
      x.set(0, 1);
    }
  }

  static final class NameOfADevice {
    static void run(KernelContext context, IntArray x) {
      x.set(0, step(x.get(0)));
    }

    private static int step(int x) {
      return x + 1;
    }
  }

  static final class ParallelLoop {
    static void run(KernelContext context, IntArray x) {
      for (@Parallel int i = 0; i < 4; i++) {
        x.set(i, 0);
      }
    }
  }

  static final class NotZeroed {
    static void run(KernelContext context, FloatArray x) {
      float[] sums = new float[4];
      for (int i = 0; i < 4; i++) {
        sums[i] += x.get(i);
      }
      x.set(0, sums[3]);
    }
  }

  static final class ReadBeforeWritten {
    static void run(KernelContext context, FloatArray x) {
      float[] sums = new float[4];
      x.set(0, sums[x.get(1) > 0 ? 1 : 2]);
      sums[0] = 1;
    }
  }

  static final class TooManyParameters {
    static void run(
        KernelContext context,
        IntArray x,
        int c,
        int d,
        int e,
        int f,
        int g,
        int h,
        int i,
        int j,
        int k,
        int l,
        int m,
        int n,
        int o,
        int p,
        int q,
        int r,
        int s,
        int t,
        int u) {
      x.set(0, c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u);
    }
  }

  static final class Catching {
    static void run(KernelContext context, IntArray x) {
      try {
        x.set(0, 1 / x.get(1));
      } catch (ArithmeticException e) {
        x.set(0, 0);
      }
    }
  }

  static final class LocalMemoryInLoop {
    static void run(KernelContext context, FloatArray x) {
      for (int i = 0; i < 4; i++) {
        float[] all = context.allocateFloatLocalArray(4);
        all[0] = x.get(i);
        x.set(i, all[0]);
      }
    }
  }

  static final class InitOfAnArray {
    static void run(KernelContext context, FloatArray x) {
      x.init(0);
    }
  }

  static final class TypeOfADevice {
    static void run(KernelContext context, FloatArray x, int half) {
      x.set(0, half);
    }
  }

  static final class AndWithinOr {
    static void run(KernelContext context, FloatArray x) {
      float a = x.get(0);
      float b = x.get(1);
      if (a < b || (a == b && b > 2)) {
        x.set(0, 1);
      }
    }
  }

  static final class OrWithinAnd {
    static void run(KernelContext context, IntArray x) {
      int a = x.get(0);
      int b = x.get(1);
      x.set(0, a < b && (a == 2 || b > 2) ? 1 : 0);
    }
  }

  static final class MixedVariable {
    static void run(KernelContext context, FloatArray x, int last) {
      float a = x.get(0);
      for (int i = 0; i < 4; i++) {
        boolean after = a < 1 || (a == 1 && i > last);
        if (after && i < 3) {
          x.set(i, 1);
        }
      }
    }
  }

  static final class MixedBranches {
    static void run(KernelContext context, FloatArray x, int rows) {
      float a = x.get(0);
      float b = x.get(1);
      if (rows > 2) {
        if (a < b || b > 2) {
          x.set(0, 1);
        }
      }
    }
  }

  static final class BarrierInIf {
    static void run(KernelContext context, IntArray x, FloatArray y) {
      for (int i = 0; i < 4; i++) {
        int first = Math.min(i, x.get(i)) + 1;
        if (first <= 3 && i > 1) {
          y.set(0, 1);
          context.localBarrier();
        }
      }
    }
  }

  static final class BarrierInElse {
    static void run(KernelContext context, FloatArray x) {
      float[] all = context.allocateFloatLocalArray(4);
      if (all[0] > 1) {
        x.set(0, 1);
      } else {
        context.localBarrier();
      }
    }
  }

  static final class BarrierAfterReturn {
    static void run(KernelContext context, IntArray x) {
      if (x.get(0) == 0) {
        return;
      }
      context.localBarrier();
    }
  }

  static final class BarrierCalled {
    static void run(KernelContext context, IntArray x) {
      if (first(x) > 0) {
        waits(context);
      }
    }

    private static int first(IntArray x) {
      return x.get(0);
    }

    private static void waits(KernelContext context) {
      context.localBarrier();
    }
  }
}
