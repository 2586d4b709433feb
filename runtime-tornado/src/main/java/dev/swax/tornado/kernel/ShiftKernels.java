package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What a value was at the token before, 0 where a document begins; a thread for each number. The
 * grids are those of {@link ConvKernels#grid}.
 *
 * <pre>
 * y_t = input_{t-1};   dinput_t = dy_{t+1}
 * </pre>
 *
 * <p>Tensors [rows, columns], the rows being sequences of {@code time} tokens. The document of a
 * token begins at token {@code firstKeys[row]} of its sequence.
 */
public final class ShiftKernels {
  private ShiftKernels() {}

  /** Writes y. */
  public static void forward(
      KernelContext context,
      FloatArray input,
      int inputAt,
      FloatArray y,
      int yAt,
      IntArray firstKeys,
      int rows,
      int time,
      int columns) {
    int i = context.globalIdx;
    if (i < rows * columns) {
      int row = i / columns;
      float value = 0f;
      if (row % time > firstKeys.get(row)) {
        value = input.get(inputAt + i - columns);
      }
      y.set(yAt + i, value);
    }
  }

  /** Writes dInput. */
  public static void gradient(
      KernelContext context,
      FloatArray dy,
      int dyAt,
      FloatArray dInput,
      int dInputAt,
      IntArray firstKeys,
      int rows,
      int time,
      int columns) {
    int i = context.globalIdx;
    if (i < rows * columns) {
      int row = i / columns;
      int next = row % time + 1;
      float value = 0f;
      if (next < time) {
        if (firstKeys.get(row + 1) < next) {
          value = dy.get(dyAt + i + columns);
        }
      }
      dInput.set(dInputAt + i, value);
    }
  }
}
