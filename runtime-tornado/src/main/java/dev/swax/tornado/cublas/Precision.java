package dev.swax.tornado.cublas;

/** How exactly cuBLAS multiplies. Products are summed in fp32. */
public enum Precision {
  /** Factors of 24 bits. */
  FP32,
  /** Factors are rounded to 11 bits as they are read; the arrays are of fp32. */
  TF32,
  /** Factors and results are arrays of bfloat16, 8 bits. */
  BF16
}
