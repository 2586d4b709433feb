package dev.swax.runtime.kernel.optimizer;

/**
 * The numbers of one step of Muon.
 *
 * @param scale what an orthogonal update is multiplied by beside the rate
 * @param nesterov whether the gradient goes ahead along the momentum
 * @param iterations of Newton-Schulz
 * @param decay of the weights, decoupled from the gradient
 * @param gradientScale what gradients are multiplied by first
 */
public record MuonStep(
    double rate,
    double scale,
    double momentum,
    boolean nesterov,
    int iterations,
    double decay,
    double gradientScale) {
  /** Coefficients of an iteration, {@code a x + b x³ + c x⁵}, as published with Muon. */
  public static final double A = 3.4445;

  public static final double B = -4.7750;
  public static final double C = 2.0315;

  /** The least length that an update is divided by. */
  public static final double SHORTEST = 1e-7;
}
