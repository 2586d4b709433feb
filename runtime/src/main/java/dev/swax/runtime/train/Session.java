package dev.swax.runtime.train;

/**
 * What one process is asked beside the recipe. The weights of a step do not depend on it.
 *
 * @param events whether event files for TensorBoard are written
 * @param untilLoss the run ends after a validation whose loss is at most this; NaN: it does not
 */
public record Session(boolean events, double untilLoss) {
  /** Nothing. */
  public static final Session PLAIN = new Session(false, Double.NaN);
}
