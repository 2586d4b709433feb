package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A flat array of double. A new one holds NaN. */
public final class DoubleArray extends TornadoNativeArray {
  private static final double POISON = Double.NaN;

  private final double[] values;

  public DoubleArray(int numberOfElements) {
    this(new double[numberOfElements]);
    Arrays.fill(values, POISON);
  }

  private DoubleArray(double[] values) {
    this.values = values;
  }

  public static DoubleArray fromArray(double[] values) {
    return new DoubleArray(values.clone());
  }

  public static DoubleArray fromElements(double... values) {
    return fromArray(values);
  }

  public static DoubleArray fromSegment(MemorySegment segment) {
    return new DoubleArray(segment.toArray(ValueLayout.JAVA_DOUBLE));
  }

  public double[] toHeapArray() {
    return values.clone();
  }

  public double get(int index) {
    return values[index];
  }

  public void set(int index, double value) {
    values[index] = value;
  }

  public void init(double value) {
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
    return Double.BYTES;
  }

  @Override
  public MemorySegment getSegment() {
    return MemorySegment.ofArray(values);
  }

  @Override
  public long getNumBytesOfSegment() {
    return (long) values.length * Double.BYTES;
  }
}
