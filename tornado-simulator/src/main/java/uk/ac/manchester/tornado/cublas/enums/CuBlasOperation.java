package uk.ac.manchester.tornado.cublas.enums;

/** What becomes of a matrix before it is multiplied. */
public enum CuBlasOperation {
  CUBLAS_OP_N(0),
  CUBLAS_OP_T(1),
  CUBLAS_OP_C(2);

  private final int operation;

  CuBlasOperation(int operation) {
    this.operation = operation;
  }

  public int operation() {
    return operation;
  }
}
