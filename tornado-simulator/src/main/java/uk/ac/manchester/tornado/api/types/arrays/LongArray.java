package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A flat array of long. A new one holds a number far below zero. */
public final class LongArray extends TornadoNativeArray {
  private static final long POISON = 0xDEADBEEFDEADBEEFL;

  private final long[] values;

  public LongArray(int numberOfElements) {
    this(new long[numberOfElements]);
    Arrays.fill(values, POISON);
  }

  private LongArray(long[] values) {
    this.values = values;
  }

  public static LongArray fromArray(long[] values) {
    return new LongArray(values.clone());
  }

  public static LongArray fromElements(long... values) {
    return fromArray(values);
  }

  public static LongArray fromSegment(MemorySegment segment) {
    return new LongArray(segment.toArray(ValueLayout.JAVA_LONG));
  }

  public long[] toHeapArray() {
    return values.clone();
  }

  public long get(int index) {
    return values[index];
  }

  public void set(int index, long value) {
    values[index] = value;
  }

  public void init(long value) {
    Arrays.fill(values, value);
  }

  @Override
  public void clear() {
    init(0);
  }

  @Override
  public int getSize() {
    return values.length;
  }

  @Override
  public int getElementSize() {
    return Long.BYTES;
  }

  @Override
  public MemorySegment getSegment() {
    return MemorySegment.ofArray(values);
  }

  @Override
  public long getNumBytesOfSegment() {
    return (long) values.length * Long.BYTES;
  }
}
