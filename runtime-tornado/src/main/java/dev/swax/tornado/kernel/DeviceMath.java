package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/** Functions of single values that a device has no instruction for. */
public final class DeviceMath {
  private static final float ROOT_OF_2_OVER_PI = 0.7978845608f;

  private DeviceMath() {}

  /** {@code e^x - 1}: a series near zero, where the difference would cancel. */
  public static float expMinusOne(float x) {
    float series = 1f / 40320f;
    series = series * x + 1f / 5040f;
    series = series * x + 1f / 720f;
    series = series * x + 1f / 120f;
    series = series * x + 1f / 24f;
    series = series * x + 1f / 6f;
    series = series * x + 0.5f;
    float result = TornadoMath.exp(x) - 1f;
    if (TornadoMath.abs(x) < 0.5f) {
      result = series * x * x + x;
    }
    return result;
  }

  /** {@code 1 / (1 + e^-x)}; never overflows. */
  public static float sigmoid(float x) {
    float e = TornadoMath.exp(-TornadoMath.abs(x));
    float numerator = 1f;
    if (x < 0f) {
      numerator = e;
    }
    return numerator / (1f + e);
  }

  /** {@code x sigmoid(x)}. */
  public static float silu(float x) {
    return x * sigmoid(x);
  }

  /** {@code x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³)))}. */
  public static float gelu(float x) {
    return 0.5f * x * (1f + TornadoMath.tanh(ROOT_OF_2_OVER_PI * (x + 0.044715f * x * x * x)));
  }

  /**
   * {@code 2/sqrt(pi) ∫ e^-t² dt} from 0 to x: an odd polynomial where {@code |x| < 1}, elsewhere
   * {@code 1 - e^p} with a polynomial p near {@code ln(1 - erf |x|)}, and the sign of x.
   */
  public static float errorFunction(float x) {
    float square = x * x;
    float p = 7.889123e-5f;
    p = p * square - 8.020842e-4f;
    p = p * square + 5.1895357e-3f;
    p = p * square - 2.6854444e-2f;
    p = p * square + 1.12836e-1f;
    p = p * square - 3.7612626e-1f;
    p = p * square + 1.2837917e-1f;
    float magnitude = TornadoMath.abs(x);
    float r = magnitude;
    if (magnitude > 4f) {
      r = 4f;
    }
    float q = 1.855693e-4f;
    q = q * r - 2.9395616e-3f;
    q = q * r + 2.1805137e-2f;
    q = q * r - 1.03037e-1f;
    q = q * r - 6.382261e-1f;
    q = q * r - 1.1270398f;
    q = q * r - 3.537779e-4f;
    float result = 1f - TornadoMath.exp(q);
    if (x < 0f) {
      result = -result;
    }
    if (magnitude < 1f) {
      result = p * x + x;
    }
    return result;
  }

  /** {@code log(1 + e^x)}; exact where e^x is tiny, never overflows. */
  public static float softplus(float x) {
    return TornadoMath.max(x, 0f) + logOfOnePlus(TornadoMath.exp(-TornadoMath.abs(x)));
  }

  /** {@code log(sigmoid(x))}. */
  public static float logSigmoid(float x) {
    return -softplus(-x);
  }

  /**
   * {@code log(1 + e)} for e from 0 to 1, as {@code 2 artanh(s)} with {@code s = e / (2 + e)} by
   * its series, whose first term left out is below 2^-25 of the sum. Unlike a form that subtracts
   * what rounding took away, it survives compilers that rearrange sums.
   */
  public static float logOfOnePlus(float e) {
    float s = e / (2f + e);
    float square = s * s;
    float series = 1f / 15f;
    series = series * square + 1f / 13f;
    series = series * square + 1f / 11f;
    series = series * square + 1f / 9f;
    series = series * square + 1f / 7f;
    series = series * square + 1f / 5f;
    series = series * square + 1f / 3f;
    series = series * square + 1f;
    return 2f * s * series;
  }
}
