package dev.swax.runtime.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A row-major run of fp32 values outside the heap, aligned to 64 bytes. It knows its length only;
 * rows and columns are arguments of the kernels.
 */
public final class Tensor {
  private static final long ALIGNMENT = 64;

  private final MemorySegment segment;

  private Tensor(MemorySegment segment) {
    this.segment = segment;
  }

  /** {@code length} zeros, held until {@code arena} closes. */
  public static Tensor allocate(Arena arena, long length) {
    return new Tensor(arena.allocate(Math.max(1, length) * Float.BYTES, ALIGNMENT));
  }

  /** The values {@code from .. from + length}, shared with this tensor. */
  public Tensor slice(long from, long length) {
    return new Tensor(segment.asSlice(from * Float.BYTES, length * Float.BYTES));
  }

  /** The memory itself, for kernels. */
  public MemorySegment segment() {
    return segment;
  }

  public long length() {
    return segment.byteSize() / Float.BYTES;
  }

  public float get(long index) {
    return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }

  public void set(long index, float value) {
    segment.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
  }

  /** Sets every value to zero. */
  public void clear() {
    segment.fill((byte) 0);
  }
}
