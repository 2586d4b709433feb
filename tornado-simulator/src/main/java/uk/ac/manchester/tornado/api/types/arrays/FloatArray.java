package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A flat array of float. A new one holds NaN. */
public final class FloatArray extends TornadoNativeArray {
  private static final float POISON = Float.NaN;

  private final float[] values;

  public FloatArray(int numberOfElements) {
    this(new float[numberOfElements]);
    Arrays.fill(values, POISON);
  }

  private FloatArray(float[] values) {
    this.values = values;
  }

  public static FloatArray fromArray(float[] values) {
    return new FloatArray(values.clone());
  }

  public static FloatArray fromElements(float... values) {
    return fromArray(values);
  }

  public static FloatArray fromSegment(MemorySegment segment) {
    return new FloatArray(segment.toArray(ValueLayout.JAVA_FLOAT));
  }

  public float[] toHeapArray() {
    return values.clone();
  }

  public float get(int index) {
    return values[index];
  }

  public void set(int index, float value) {
    values[index] = value;
  }

  public void init(float value) {
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
    return Float.BYTES;
  }

  @Override
  public MemorySegment getSegment() {
    return MemorySegment.ofArray(values);
  }

  @Override
  public long getNumBytesOfSegment() {
    return (long) values.length * Float.BYTES;
  }
}
