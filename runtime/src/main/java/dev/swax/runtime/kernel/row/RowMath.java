package dev.swax.runtime.kernel.row;

import dev.swax.runtime.kernel.tile.VectorMath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What generated row kernels need beside {@link VectorMath}. */
public final class RowMath {
  private RowMath() {}

  /** 1 where {@code a > b}, else 0. */
  public static FloatVector greater(FloatVector a, FloatVector b) {
    return FloatVector.zero(VectorMath.SPECIES).blend(1f, a.compare(VectorOperators.GT, b));
  }

  /** 1 where {@code a > b}, else 0. */
  public static FloatVector greater(FloatVector a, float b) {
    return FloatVector.zero(VectorMath.SPECIES).blend(1f, a.compare(VectorOperators.GT, b));
  }

  /** -1, 0 or 1. */
  public static FloatVector sign(FloatVector x) {
    return greater(x, 0f).blend(-1f, x.compare(VectorOperators.LT, 0f));
  }

  /** Sets {@code count} floats to zero, from float {@code first} on. */
  public static void clear(MemorySegment segment, long first, int count) {
    for (int i = 0; i < count; i++) {
      segment.setAtIndex(ValueLayout.JAVA_FLOAT, first + i, 0f);
    }
  }
}
