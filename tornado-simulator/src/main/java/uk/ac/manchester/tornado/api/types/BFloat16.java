package uk.ac.manchester.tornado.api.types;

/** The upper half of a float: 8 bits of exponent, 7 after the leading one. */
public final class BFloat16 {
  private static final int DROPPED_BITS = 16;

  private BFloat16() {}

  public static float bf16ToFloat(short bits) {
    return Float.intBitsToFloat(bits << DROPPED_BITS);
  }

  /** The nearest; of two as near, the one further from zero. */
  public static short bf16FromFloat(float value) {
    if (Float.isNaN(value)) {
      return 0x7FC0;
    }
    int bits = Float.floatToRawIntBits(value);
    int rounded = Float.isInfinite(value) ? bits : bits + (1 << (DROPPED_BITS - 1));
    return (short) (rounded >> DROPPED_BITS);
  }
}
