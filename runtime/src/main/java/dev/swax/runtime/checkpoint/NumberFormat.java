package dev.swax.runtime.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** How a number lies in a safetensors file, little-endian. In memory it is fp32. */
public enum NumberFormat {
  F32("fp32", Float.BYTES),
  F16("fp16", Short.BYTES),
  /** The upper half of an fp32. */
  BF16("bf16", Short.BYTES);

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String word;
  private final int bytes;

  NumberFormat(String word, int bytes) {
    this.word = word;
    this.bytes = bytes;
  }

  /** The one that a header calls so. */
  public static Optional<NumberFormat> find(String dtype) {
    return Arrays.stream(values()).filter(format -> format.name().equals(dtype)).findFirst();
  }

  /** Bytes of a number. */
  public int bytes() {
    return bytes;
  }

  /** The number at a place of a file's data. */
  public float read(MemorySegment data, long index) {
    return switch (this) {
      case F32 -> data.get(FLOAT, index * Float.BYTES);
      case F16 -> Float.float16ToFloat(data.get(SHORT, index * Short.BYTES));
      case BF16 -> Float.intBitsToFloat(data.get(SHORT, index * Short.BYTES) << Short.SIZE);
    };
  }

  /** Puts a number to a place, rounded to the nearest that there is, of two to the even one. */
  public void write(MemorySegment data, long index, float value) {
    switch (this) {
      case F32 -> data.set(FLOAT, index * Float.BYTES, value);
      case F16 -> data.set(SHORT, index * Short.BYTES, Float.floatToFloat16(value));
      case BF16 -> data.set(SHORT, index * Short.BYTES, upperHalf(value));
    }
  }

  private static short upperHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int even = bits >>> Short.SIZE & 1;
    return (short) ((bits + 0x7fff + even) >> Short.SIZE);
  }

  /** As options call it: {@code bf16}. */
  @Override
  public String toString() {
    return word;
  }
}
