package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A flat array of short. A new one holds the bits of a bfloat16 that is no number. */
public final class ShortArray extends TornadoNativeArray {
  private static final short POISON = 0x7FFF;

  private final short[] values;

  public ShortArray(int numberOfElements) {
    this(new short[numberOfElements]);
    Arrays.fill(values, POISON);
  }

  private ShortArray(short[] values) {
    this.values = values;
  }

  public static ShortArray fromArray(short[] values) {
    return new ShortArray(values.clone());
  }

  public static ShortArray fromElements(short... values) {
    return fromArray(values);
  }

  public static ShortArray fromSegment(MemorySegment segment) {
    return new ShortArray(segment.toArray(ValueLayout.JAVA_SHORT));
  }

  public short[] toHeapArray() {
    return values.clone();
  }

  public short get(int index) {
    return values[index];
  }

  public void set(int index, short value) {
    values[index] = value;
  }

  public void init(short value) {
    Arrays.fill(values, value);
  }

  @Override
  public void clear() {
    init((short) 0);
  }

  @Override
  public int getSize() {
    return values.length;
  }

  @Override
  public int getElementSize() {
    return Short.BYTES;
  }

  @Override
  public MemorySegment getSegment() {
    return MemorySegment.ofArray(values);
  }

  @Override
  public long getNumBytesOfSegment() {
    return (long) values.length * Short.BYTES;
  }
}
