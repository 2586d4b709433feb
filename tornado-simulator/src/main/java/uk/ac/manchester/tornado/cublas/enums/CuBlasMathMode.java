package uk.ac.manchester.tornado.cublas.enums;

/** How exactly cuBLAS multiplies. */
public enum CuBlasMathMode {
  CUBLAS_DEFAULT_MATH(0),
  CUBLAS_PEDANTIC_MATH(1),
  /** Factors are rounded to 10 bits after the leading one. */
  CUBLAS_TF32_TENSOR_OP_MATH(3);

  private final int value;

  CuBlasMathMode(int value) {
    this.value = value;
  }

  public int value() {
    return value;
  }
}
