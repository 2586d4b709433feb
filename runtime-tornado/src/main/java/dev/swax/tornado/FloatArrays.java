package dev.swax.tornado;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Copies between tensors and the host's side of device arrays. */
final class FloatArrays {
  private FloatArrays() {}

  /** Puts the numbers first, zeros behind them. */
  static void fill(FloatArray array, float[] numbers) {
    array.init(0f);
    for (int i = 0; i < numbers.length; i++) {
      array.set(i, numbers[i]);
    }
  }

  static void clear(List<FloatArray> arrays) {
    arrays.forEach(array -> array.init(0f));
  }

  static void copy(Tensor from, FloatArray to, int at) {
    long bytes = from.segment().byteSize();
    MemorySegment.copy(from.segment(), 0, to.getSegment(), (long) at * Float.BYTES, bytes);
  }

  static void copy(FloatArray from, int at, Tensor to) {
    long bytes = to.segment().byteSize();
    MemorySegment.copy(from.getSegment(), (long) at * Float.BYTES, to.segment(), 0, bytes);
  }
}
