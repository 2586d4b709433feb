package uk.ac.manchester.tornado.cublas;

import uk.ac.manchester.tornado.cublas.enums.CuBlasMathMode;

/** How a call of cuBLAS computes. */
public final class CuBlasOptions {
  private CuBlasMathMode mathMode = CuBlasMathMode.CUBLAS_DEFAULT_MATH;

  public CuBlasOptions withMathMode(CuBlasMathMode mathMode) {
    this.mathMode = mathMode;
    return this;
  }

  public CuBlasMathMode getMathMode() {
    return mathMode;
  }
}
