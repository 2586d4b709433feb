package dev.swax.compiler.codegen.tornado;

import java.util.Locale;

/** What multiplies the matrices of a program on a device. Products are summed in fp32. */
public enum Products {
  /** Kernels of swax, in fp32, on every device. */
  OWN("in fp32 by kernels of swax", 24),
  /** NVIDIA's cuBLAS, in fp32. */
  CUBLAS("in fp32 by cuBLAS", 24),
  /** cuBLAS with factors that are rounded to TF32. */
  CUBLAS_TF32("in TF32 by cuBLAS", 11),
  /** cuBLAS with factors and results that are rounded to bfloat16. */
  CUBLAS_BF16("in bfloat16 by cuBLAS", 8);

  /**
   * How much larger the error of a gradient may be than that of one factor: it went through the
   * products, norms and exponential gates of all layers, twice. It was 8 in a model of four layers
   * with weights near those that training begins with, and 23 in one of 24.
   */
  private static final double AMPLIFICATION = 40;

  /** What sums of fp32 in another order may differ by, relative to the length of a gradient. */
  private static final double ORDER = 1e-3;

  private static final int FP32_BITS = 24;

  private final String description;
  private final int bits;

  Products(String description, int bits) {
    this.description = description;
    this.bits = bits;
  }

  /** In words. */
  public String description() {
    return description;
  }

  /** By how much a factor is rounded, as a part of it; 0 where it is not. */
  public double rounding() {
    return bits == FP32_BITS ? 0 : Math.scalb(1.0, -bits);
  }

  /** What a gradient may differ by from the processor's, relative to its length. */
  public double tolerance() {
    return Math.max(ORDER, AMPLIFICATION * rounding());
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
