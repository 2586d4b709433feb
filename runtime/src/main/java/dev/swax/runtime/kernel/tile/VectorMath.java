package dev.swax.runtime.kernel.tile;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions over vectors, and over single values with the same bits as a lane. Made of
 * exactly rounded operations only, so that interpreted and compiled code agree to the last bit.
 *
 * <p>exp, log and erf are within 2 ulp, the others within 4; all are right at infinities, NaN and
 * zero.
 */
public final class VectorMath {
  /** The widest vectors of this machine. */
  public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** The byte order of tensors. */
  public static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final VectorShuffle<Float> ROTATE_HALF = rotation(2);
  private static final VectorShuffle<Float> ROTATE_QUARTER = rotation(4);
  private static final VectorShuffle<Float> ROTATE_EIGHTH = rotation(8);
  private static final VectorShuffle<Float> ROTATE_SIXTEENTH = rotation(16);

  private VectorMath() {}

  private static VectorShuffle<Float> rotation(int divisor) {
    int length = SPECIES.length();
    int by = Math.max(1, length / divisor) % length;
    return VectorShuffle.fromOp(SPECIES, i -> (i + by) % length);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  // Lanes --------------------------------------------------------------------------------------

  /** The sum of the lanes, halves first: a fixed order. */
  public static float sum(FloatVector x) {
    FloatVector sum = x.add(x.rearrange(ROTATE_HALF));
    if (SPECIES.length() >= 4) {
      sum = sum.add(sum.rearrange(ROTATE_QUARTER));
    }
    if (SPECIES.length() >= 8) {
      sum = sum.add(sum.rearrange(ROTATE_EIGHTH));
    }
    if (SPECIES.length() >= 16) {
      sum = sum.add(sum.rearrange(ROTATE_SIXTEENTH));
    }
    return sum.lane(0);
  }

  /** The largest lane; NaN if any is. */
  public static float max(FloatVector x) {
    return x.reduceLanes(VectorOperators.MAX);
  }

  // exp ----------------------------------------------------------------------------------------

  /** {@code e^x = 2^n e^r} with {@code |r| <= ln 2 / 2}. */
  public static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(Constant.LOG2_E, Constant.ROUND);
    FloatVector n = shifted.sub(Constant.ROUND);
    FloatVector r = n.fma(Constant.MINUS_LN2_LOW, n.fma(Constant.MINUS_LN2_HIGH, x));
    FloatVector p = Constant.EXP_7;
    p = p.fma(r, Constant.EXP_6);
    p = p.fma(r, Constant.EXP_5);
    p = p.fma(r, Constant.EXP_4);
    p = p.fma(r, Constant.EXP_3);
    p = p.fma(r, Constant.EXP_2);
    p = p.fma(r.mul(r), r).add(Constant.ONE);
    // 2^n in two factors, each a normal number even where e^x is not.
    IntVector bits = shifted.reinterpretAsInts().sub(Constant.ROUND_BITS);
    IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
    IntVector rest = bits.sub(half);
    FloatVector first =
        half.add(Constant.BIAS).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    FloatVector second =
        rest.add(Constant.BIAS).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    FloatVector y = p.mul(first).mul(second);
    y = y.blend(Constant.INFINITY, x.compare(VectorOperators.GT, Constant.EXP_LARGEST));
    return y.blend(Constant.ZERO, x.compare(VectorOperators.LT, Constant.EXP_SMALLEST));
  }

  /** As a lane of {@link #exp(FloatVector)}. */
  public static float exp(float x) {
    if (x > Coefficient.EXP_LARGEST) {
      return Float.POSITIVE_INFINITY;
    }
    if (x < Coefficient.EXP_SMALLEST) {
      return 0f;
    }
    float shifted = Math.fma(x, Coefficient.LOG2_E, Coefficient.ROUND);
    float n = shifted - Coefficient.ROUND;
    float r = Math.fma(n, -Coefficient.LN2_LOW, Math.fma(n, -Coefficient.LN2_HIGH, x));
    float p = Coefficient.EXP_7;
    p = Math.fma(p, r, Coefficient.EXP_6);
    p = Math.fma(p, r, Coefficient.EXP_5);
    p = Math.fma(p, r, Coefficient.EXP_4);
    p = Math.fma(p, r, Coefficient.EXP_3);
    p = Math.fma(p, r, Coefficient.EXP_2);
    p = Math.fma(p, r * r, r) + 1f;
    int bits = Float.floatToRawIntBits(shifted) - Coefficient.ROUND_BITS;
    int half = bits >> 1;
    return p
        * Float.intBitsToFloat((half + 127) << 23)
        * Float.intBitsToFloat((bits - half + 127) << 23);
  }

  /** {@code e^x - 1}: a series near zero, where the difference would cancel. */
  public static FloatVector expMinusOne(FloatVector x) {
    FloatVector p = Constant.EXPM1_8;
    p = p.fma(x, Constant.EXPM1_7);
    p = p.fma(x, Constant.EXPM1_6);
    p = p.fma(x, Constant.EXPM1_5);
    p = p.fma(x, Constant.EXPM1_4);
    p = p.fma(x, Constant.EXPM1_3);
    p = p.fma(x, Constant.HALF);
    FloatVector small = p.fma(x.mul(x), x);
    return exp(x)
        .sub(Constant.ONE)
        .blend(small, x.abs().compare(VectorOperators.LT, Constant.HALF));
  }

  /** As a lane of {@link #expMinusOne(FloatVector)}. */
  public static float expMinusOne(float x) {
    if (Math.abs(x) < Coefficient.EXPM1_SMALL) {
      float p = Coefficient.EXPM1_8;
      p = Math.fma(p, x, Coefficient.EXPM1_7);
      p = Math.fma(p, x, Coefficient.EXPM1_6);
      p = Math.fma(p, x, Coefficient.EXPM1_5);
      p = Math.fma(p, x, Coefficient.EXPM1_4);
      p = Math.fma(p, x, Coefficient.EXPM1_3);
      p = Math.fma(p, x, 0.5f);
      return Math.fma(p, x * x, x);
    }
    return exp(x) - 1f;
  }

  // log ----------------------------------------------------------------------------------------

  /** {@code ln x = e ln 2 + ln m} with m from sqrt(1/2) to sqrt(2). */
  public static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, Constant.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(Constant.TWO_TO_25), tiny).reinterpretAsInts();
    IntVector exponent = bits.sub(Constant.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
    FloatVector f =
        bits.sub(exponent.lanewise(VectorOperators.LSHL, 23))
            .reinterpretAsFloats()
            .sub(Constant.ONE);
    FloatVector e = exponent.add(Constant.ROUND_BITS).reinterpretAsFloats().sub(Constant.ROUND);
    e = e.blend(e.sub(Constant.TWENTY_FIVE), tiny);
    FloatVector p = Constant.LOG_11;
    p = p.fma(f, Constant.LOG_10);
    p = p.fma(f, Constant.LOG_9);
    p = p.fma(f, Constant.LOG_8);
    p = p.fma(f, Constant.LOG_7);
    p = p.fma(f, Constant.LOG_6);
    p = p.fma(f, Constant.LOG_5);
    p = p.fma(f, Constant.LOG_4);
    p = p.fma(f, Constant.LOG_3);
    FloatVector square = f.mul(f);
    FloatVector low = e.fma(Constant.LN2_LOW, p.mul(f).mul(square));
    low = square.fma(Constant.MINUS_HALF, low);
    FloatVector y = e.fma(Constant.LN2_HIGH, f.add(low));
    y = y.blend(Constant.MINUS_INFINITY, x.compare(VectorOperators.EQ, Constant.ZERO));
    y = y.blend(Constant.NAN, x.compare(VectorOperators.LT, Constant.ZERO));
    // Infinity, and NaN unchanged: neither is below infinity.
    return y.blend(x, x.compare(VectorOperators.LT, Constant.INFINITY).not());
  }

  /** As a lane of {@link #log(FloatVector)}. */
  public static float log(float x) {
    if (!(x < Float.POSITIVE_INFINITY)) {
      return x;
    }
    if (x < 0f) {
      return Float.NaN;
    }
    if (x == 0f) {
      return Float.NEGATIVE_INFINITY;
    }
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(tiny ? x * Coefficient.TWO_TO_25 : x);
    int exponent = (bits - Coefficient.SQRT_HALF_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1f;
    float e = tiny ? exponent - 25f : exponent;
    float p = Coefficient.LOG_11;
    p = Math.fma(p, f, Coefficient.LOG_10);
    p = Math.fma(p, f, Coefficient.LOG_9);
    p = Math.fma(p, f, Coefficient.LOG_8);
    p = Math.fma(p, f, Coefficient.LOG_7);
    p = Math.fma(p, f, Coefficient.LOG_6);
    p = Math.fma(p, f, Coefficient.LOG_5);
    p = Math.fma(p, f, Coefficient.LOG_4);
    p = Math.fma(p, f, Coefficient.LOG_3);
    float square = f * f;
    float low = Math.fma(e, Coefficient.LN2_LOW, p * f * square);
    low = Math.fma(square, -0.5f, low);
    return Math.fma(e, Coefficient.LN2_HIGH, f + low);
  }

  /** {@code ln(1 + x)}: the rounding error of {@code 1 + x} is put back as its share of the log. */
  public static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(Constant.ONE);
    FloatVector above = Constant.ONE.sub(u.sub(x));
    FloatVector lost =
        x.sub(u.sub(Constant.ONE)).blend(above, x.compare(VectorOperators.GT, Constant.ONE));
    VectorMask<Float> ordinary =
        u.compare(VectorOperators.GT, Constant.ZERO)
            .and(x.compare(VectorOperators.LT, Constant.INFINITY));
    FloatVector rounded = log(u);
    FloatVector y = rounded.blend(rounded.add(lost.div(u)), ordinary);
    return y.blend(x, x.compare(VectorOperators.EQ, Constant.ZERO));
  }

  /** As a lane of {@link #log1p(FloatVector)}. */
  public static float log1p(float x) {
    if (x == 0f) {
      return x;
    }
    float u = x + 1f;
    float lost = x > 1f ? 1f - (u - x) : x - (u - 1f);
    return u > 0f && x < Float.POSITIVE_INFINITY ? log(u) + lost / u : log(u);
  }

  // Sigmoids -----------------------------------------------------------------------------------

  /** {@code 1 / (1 + e^-x)}. */
  public static FloatVector sigmoid(FloatVector x) {
    return Constant.ONE.div(exp(x.neg()).add(Constant.ONE));
  }

  /** As a lane of {@link #sigmoid(FloatVector)}. */
  public static float sigmoid(float x) {
    return 1f / (exp(-x) + 1f);
  }

  /** {@code x sigmoid(x)}; NaN at minus infinity. */
  public static FloatVector silu(FloatVector x) {
    return x.div(exp(x.neg()).add(Constant.ONE));
  }

  /** As a lane of {@link #silu(FloatVector)}. */
  public static float silu(float x) {
    return x / (exp(-x) + 1f);
  }

  /** {@code ln(1 + e^x) = max(x, 0) + log1p(e^-|x|)}. */
  public static FloatVector softplus(FloatVector x) {
    return x.blend(Constant.ZERO, x.compare(VectorOperators.LT, Constant.ZERO))
        .add(log1p(exp(x.abs().neg())));
  }

  /** As a lane of {@link #softplus(FloatVector)}. */
  public static float softplus(float x) {
    return (x < 0f ? 0f : x) + log1p(exp(-Math.abs(x)));
  }

  /** {@code ln sigmoid(x) = -softplus(-x)}. */
  public static FloatVector logSigmoid(FloatVector x) {
    return softplus(x.neg()).neg();
  }

  /** As a lane of {@link #logSigmoid(FloatVector)}. */
  public static float logSigmoid(float x) {
    return -softplus(-x);
  }

  /** An odd polynomial near zero, {@code 1 - 2 / (e^2|x| + 1)} with the sign of x elsewhere. */
  public static FloatVector tanh(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector p = all(-5.70498872745e-3f);
    p = p.fma(square, all(2.06390887954e-2f));
    p = p.fma(square, all(-5.37397155531e-2f));
    p = p.fma(square, all(1.33314422036e-1f));
    p = p.fma(square, all(-3.33332819422e-1f));
    FloatVector small = p.mul(square).fma(x, x);
    FloatVector magnitude = x.abs();
    FloatVector large = all(1f).sub(all(2f).div(exp(magnitude.add(magnitude)).add(1f)));
    large = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
    return large.blend(small, magnitude.compare(VectorOperators.LT, Coefficient.TANH_SMALL));
  }

  /** As a lane of {@link #tanh(FloatVector)}. */
  public static float tanh(float x) {
    float magnitude = Math.abs(x);
    if (magnitude < Coefficient.TANH_SMALL) {
      float square = x * x;
      float p = -5.70498872745e-3f;
      p = Math.fma(p, square, 2.06390887954e-2f);
      p = Math.fma(p, square, -5.37397155531e-2f);
      p = Math.fma(p, square, 1.33314422036e-1f);
      p = Math.fma(p, square, -3.33332819422e-1f);
      return Math.fma(p * square, x, x);
    }
    float large = 1f - 2f / (exp(magnitude + magnitude) + 1f);
    return x < 0f ? -large : large;
  }

  /**
   * {@code 2/sqrt(pi) ∫ e^-t² dt} from 0 to x: an odd polynomial where {@code |x| < 1}, elsewhere
   * {@code 1 - e^p} with a polynomial p near {@code ln(1 - erf |x|)}, and the sign of x.
   */
  public static FloatVector erf(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector p = Constant.ERF_12;
    p = p.fma(square, Constant.ERF_10);
    p = p.fma(square, Constant.ERF_8);
    p = p.fma(square, Constant.ERF_6);
    p = p.fma(square, Constant.ERF_4);
    p = p.fma(square, Constant.ERF_2);
    p = p.fma(square, Constant.ERF_0);
    FloatVector small = p.fma(x, x);
    FloatVector magnitude = x.abs();
    FloatVector r = magnitude.min(Constant.ERF_LARGEST);
    FloatVector q = Constant.ERFC_6;
    q = q.fma(r, Constant.ERFC_5);
    q = q.fma(r, Constant.ERFC_4);
    q = q.fma(r, Constant.ERFC_3);
    q = q.fma(r, Constant.ERFC_2);
    q = q.fma(r, Constant.ERFC_1);
    q = q.fma(r, Constant.ERFC_0);
    FloatVector large = Constant.ONE.sub(exp(q));
    large = large.blend(large.neg(), x.compare(VectorOperators.LT, Constant.ZERO));
    return large.blend(small, magnitude.compare(VectorOperators.LT, Constant.ONE));
  }

  /** As a lane of {@link #erf(FloatVector)}. */
  public static float erf(float x) {
    float magnitude = Math.abs(x);
    if (magnitude < 1f) {
      float square = x * x;
      float p = Coefficient.ERF_12;
      p = Math.fma(p, square, Coefficient.ERF_10);
      p = Math.fma(p, square, Coefficient.ERF_8);
      p = Math.fma(p, square, Coefficient.ERF_6);
      p = Math.fma(p, square, Coefficient.ERF_4);
      p = Math.fma(p, square, Coefficient.ERF_2);
      p = Math.fma(p, square, Coefficient.ERF_0);
      return Math.fma(p, x, x);
    }
    float r = Math.min(magnitude, Coefficient.ERF_LARGEST);
    float q = Coefficient.ERFC_6;
    q = Math.fma(q, r, Coefficient.ERFC_5);
    q = Math.fma(q, r, Coefficient.ERFC_4);
    q = Math.fma(q, r, Coefficient.ERFC_3);
    q = Math.fma(q, r, Coefficient.ERFC_2);
    q = Math.fma(q, r, Coefficient.ERFC_1);
    q = Math.fma(q, r, Coefficient.ERFC_0);
    float large = 1f - exp(q);
    return x < 0f ? -large : large;
  }

  /** The tanh form: {@code x sigmoid(2 sqrt(2/pi) (x + 0.044715 x³))}; NaN at minus infinity. */
  public static FloatVector gelu(FloatVector x) {
    FloatVector inner =
        x.mul(x).mul(x).fma(all(Coefficient.GELU_CUBE), x).mul(Coefficient.GELU_SCALE);
    return x.div(exp(inner.neg()).add(1f));
  }

  /** As a lane of {@link #gelu(FloatVector)}. */
  public static float gelu(float x) {
    float inner = Math.fma(x * x * x, Coefficient.GELU_CUBE, x) * Coefficient.GELU_SCALE;
    return x / (exp(-inner) + 1f);
  }
}
