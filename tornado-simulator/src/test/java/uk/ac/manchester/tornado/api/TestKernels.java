package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels that are right, and kernels that are not. */
final class TestKernels {
  private TestKernels() {}

  /** {@code y[i] = 2 x[i]}. */
  static void twice(KernelContext context, FloatArray x, FloatArray y) {
    int i = context.globalIdx;
    y.set(i, 2 * x.get(i));
  }

  /** {@code x[i] += 1}. */
  static void increment(KernelContext context, FloatArray x) {
    int i = context.globalIdx;
    x.set(i, x.get(i) + 1);
  }

  /** {@code y[group] = sum of the group's x}, by halves in local memory. */
  static void groupSums(KernelContext context, FloatArray x, FloatArray y) {
    float[] shares = context.allocateFloatLocalArray(64);
    int thread = context.localIdx;
    shares[thread] = x.get(context.globalIdx);
    for (int stride = 32; stride > 0; stride /= 2) {
      context.localBarrier();
      if (thread < stride) {
        shares[thread] += shares[thread + stride];
      }
    }
    if (thread == 0) {
      y.set(context.groupIdx, shares[0]);
    }
  }

  /** {@code y[global] = x[the group's thread to the right]}, through local memory. */
  static void rotate(KernelContext context, FloatArray x, FloatArray y) {
    float[] copy = context.allocateFloatLocalArray(context.localGroupSizeX);
    copy[context.localIdx] = x.get(context.globalIdx);
    context.localBarrier();
    y.set(context.globalIdx, copy[(context.localIdx + 1) % context.localGroupSizeX]);
  }

  /** Lacks the barrier of {@link #rotate}. */
  static void rotateTooEarly(KernelContext context, FloatArray x, FloatArray y) {
    float[] copy = context.allocateFloatLocalArray(context.localGroupSizeX);
    copy[context.localIdx] = x.get(context.globalIdx);
    y.set(context.globalIdx, copy[(context.localIdx + 1) % context.localGroupSizeX]);
  }

  /** Where each thread is, in two dimensions. */
  static void coordinates(KernelContext context, IntArray out) {
    int at = context.globalIdy * context.globalGroupSizeX + context.globalIdx;
    int inGroup = context.localIdy * context.localGroupSizeX + context.localIdx;
    out.set(at, 1000 * context.groupIdy + 100 * context.groupIdx + inGroup);
  }

  /** Only the first threads wait. */
  static void firstThreadsWait(KernelContext context, FloatArray x) {
    if (context.localIdx < 3) {
      context.localBarrier();
    }
    x.set(context.globalIdx, 0);
  }

  /** Only the last threads wait. */
  static void lastThreadsWait(KernelContext context, FloatArray x) {
    if (context.localIdx > 3) {
      context.localBarrier();
    }
    x.set(context.globalIdx, 0);
  }

  static void outOfBounds(KernelContext context, FloatArray x) {
    x.set(context.globalIdx + 1, 0);
  }

  static void outOfBoundsAfterBarrier(KernelContext context, FloatArray x) {
    context.localBarrier();
    x.set(context.globalIdx + 1, 0);
  }

  static void tooMuchLocalMemory(KernelContext context, FloatArray x) {
    float[] all = context.allocateFloatLocalArray(12 * 1024 + 1);
    x.set(context.globalIdx, all.length);
  }
}
