package dev.swax.runtime.kernel.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TileCopyTest {
  private static final float UNTOUCHED = -1;

  /** Whole squares, and what is left of rows and columns beside them. */
  @Test
  void transposesEverySize() {
    for (int rows : new int[] {1, 15, 16, 17, 32, 40, 64}) {
      for (int columns : new int[] {1, 8, 16, 31, 48, 65}) {
        transposes(rows, columns);
      }
    }
  }

  private static void transposes(int rows, int columns) {
    int stride = columns + 3;
    int targetStride = rows + 5;
    float[] source = new float[7 + rows * stride];
    for (int i = 0; i < source.length; i++) {
      source[i] = i;
    }
    float[] expected = untouched(9 + columns * targetStride);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        expected[9 + c * targetStride + r] = source[7 + r * stride + c];
      }
    }
    float[] target = untouched(expected.length);
    TileCopy.transpose(source, 7, stride, rows, columns, target, 9, targetStride);
    assertThat(target).as("%d x %d", rows, columns).isEqualTo(expected);
  }

  private static float[] untouched(int length) {
    float[] values = new float[length];
    Arrays.fill(values, UNTOUCHED);
    return values;
  }
}
