package dev.swax.benchmarks.training;

/** Of the products of a side. */
enum Precision {
  FP32(1),
  /** Autocast to bfloat16, which keeps 8 bits of a number where fp32 keeps 24. */
  BF16(100);

  private final double coarser;

  Precision(double coarser) {
    this.coarser = coarser;
  }

  /** How many times as far it may be from fp32 as fp32 of another order of sums. */
  double coarser() {
    return coarser;
  }
}
