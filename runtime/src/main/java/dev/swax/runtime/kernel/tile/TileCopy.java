package dev.swax.runtime.kernel.tile;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies between rows of a tensor and packed tiles in heap arrays, and transposes tiles. */
public final class TileCopy {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

  /** Rows that are transposed while they are in the first cache. */
  private static final int BLOCK = SquareTranspose.SIDE;

  private TileCopy() {}

  /** {@code tile[r, c] = scale * x[from + r * rowStride + c]}. */
  public static void load(
      Tensor x,
      long from,
      long rowStride,
      int rows,
      int columns,
      float scale,
      float[] tile,
      int tileFrom,
      int stride) {
    MemorySegment segment = x.segment();
    int bound = SPECIES.loopBound(columns);
    for (int r = 0; r < rows; r++) {
      long source = from + r * rowStride;
      int target = tileFrom + r * stride;
      int c = 0;
      for (; c < bound; c += SPECIES.length()) {
        FloatVector.fromMemorySegment(SPECIES, segment, (source + c) * 4, VectorMath.ORDER)
            .mul(scale)
            .intoArray(tile, target + c);
      }
      for (; c < columns; c++) {
        tile[target + c] = scale * segment.getAtIndex(ValueLayout.JAVA_FLOAT, source + c);
      }
    }
  }

  /** {@code x[from + r * rowStride + c] = scale * tile[r, c]}, or {@code +=} where {@code add}. */
  public static void store(
      float[] tile,
      int tileFrom,
      int stride,
      int rows,
      int columns,
      float scale,
      boolean add,
      Tensor x,
      long from,
      long rowStride) {
    MemorySegment segment = x.segment();
    int bound = SPECIES.loopBound(columns);
    for (int r = 0; r < rows; r++) {
      long target = from + r * rowStride;
      int source = tileFrom + r * stride;
      int c = 0;
      for (; c < bound; c += SPECIES.length()) {
        FloatVector value = FloatVector.fromArray(SPECIES, tile, source + c).mul(scale);
        if (add) {
          value =
              value.add(
                  FloatVector.fromMemorySegment(
                      SPECIES, segment, (target + c) * 4, VectorMath.ORDER));
        }
        value.intoMemorySegment(segment, (target + c) * 4, VectorMath.ORDER);
      }
      for (; c < columns; c++) {
        float before = add ? segment.getAtIndex(ValueLayout.JAVA_FLOAT, target + c) : 0f;
        segment.setAtIndex(ValueLayout.JAVA_FLOAT, target + c, before + scale * tile[source + c]);
      }
    }
  }

  /** {@code to[i] = x[from + i * stride]}. */
  public static void gather(Tensor x, long from, long stride, float[] to, int length) {
    MemorySegment segment = x.segment();
    for (int i = 0; i < length; i++) {
      to[i] = segment.getAtIndex(ValueLayout.JAVA_FLOAT, from + i * stride);
    }
  }

  /** {@code x[to + i * stride] = values[i]}. */
  public static void scatter(float[] values, Tensor x, long to, long stride, int length) {
    MemorySegment segment = x.segment();
    for (int i = 0; i < length; i++) {
      segment.setAtIndex(ValueLayout.JAVA_FLOAT, to + i * stride, values[i]);
    }
  }

  /** {@code to[c, r] = from[r, c]}. */
  public static void transpose(
      float[] source,
      int sourceFrom,
      int sourceStride,
      int rows,
      int columns,
      float[] target,
      int targetFrom,
      int targetStride) {
    for (int r = 0; r < rows; r += BLOCK) {
      int height = Math.min(BLOCK, rows - r);
      int from = sourceFrom + r * sourceStride;
      int c = 0;
      if (SquareTranspose.FITS && height == SquareTranspose.SIDE) {
        for (; c + SquareTranspose.SIDE <= columns; c += SquareTranspose.SIDE) {
          int to = targetFrom + c * targetStride + r;
          SquareTranspose.of(source, from + c, sourceStride, target, to, targetStride);
        }
      }
      for (; c < columns; c++) {
        int to = targetFrom + c * targetStride + r;
        for (int i = 0; i < height; i++) {
          target[to + i] = source[from + c + i * sourceStride];
        }
      }
    }
  }

  /** As {@link #transpose}, and zeros in the columns that fill the last vector of the target. */
  public static void transposePadded(
      float[] source, int sourceStride, int rows, int columns, float[] target, int targetStride) {
    transpose(source, 0, sourceStride, rows, columns, target, 0, targetStride);
    int end = TileProduct.padColumns(rows);
    for (int c = 0; c < columns && rows < end; c++) {
      Arrays.fill(target, c * targetStride + rows, c * targetStride + end, 0);
    }
  }
}
