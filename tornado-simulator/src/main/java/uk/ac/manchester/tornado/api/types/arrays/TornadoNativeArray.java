package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;

/** What all flat arrays have in common. */
public abstract sealed class TornadoNativeArray
    permits DoubleArray, FloatArray, IntArray, LongArray, ShortArray {

  public abstract int getSize();

  public abstract MemorySegment getSegment();

  public abstract long getNumBytesOfSegment();

  public abstract int getElementSize();

  protected void clear() {}
}
