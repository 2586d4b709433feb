package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A flat array of int. A new one holds a number far below zero. */
public final class IntArray extends TornadoNativeArray {
  private static final int POISON = 0xDEADBEEF;

  private final int[] values;

  public IntArray(int numberOfElements) {
    this(new int[numberOfElements]);
    Arrays.fill(values, POISON);
  }

  private IntArray(int[] values) {
    this.values = values;
  }

  public static IntArray fromArray(int[] values) {
    return new IntArray(values.clone());
  }

  public static IntArray fromElements(int... values) {
    return fromArray(values);
  }

  public static IntArray fromSegment(MemorySegment segment) {
    return new IntArray(segment.toArray(ValueLayout.JAVA_INT));
  }

  public int[] toHeapArray() {
    return values.clone();
  }

  public int get(int index) {
    return values[index];
  }

  public void set(int index, int value) {
    values[index] = value;
  }

  public void init(int value) {
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
    return Integer.BYTES;
  }

  @Override
  public MemorySegment getSegment() {
    return MemorySegment.ofArray(values);
  }

  @Override
  public long getNumBytesOfSegment() {
    return (long) values.length * Integer.BYTES;
  }
}
