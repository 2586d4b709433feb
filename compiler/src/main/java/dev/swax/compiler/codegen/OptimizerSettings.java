package dev.swax.compiler.codegen;

/**
 * What a generated program knows of its optimizer: the constants of AdamW.
 *
 * @param muon whether matrices are updated by Muon, for which a device has to have room
 */
public record OptimizerSettings(
    double beta1, double beta2, double epsilon, double decay, boolean muon) {

  /** AdamW alone. */
  public OptimizerSettings(double beta1, double beta2, double epsilon, double decay) {
    this(beta1, beta2, epsilon, decay, false);
  }
}
