package dev.swax.runtime.train;

/**
 * A training ends before its last step where the loss of so many validations, one after the other,
 * was no lower than the lowest before them. Its weights are then those of the lowest.
 *
 * @param patience how many validations; 1 or more
 */
public record EarlyStop(int patience) {

  /** As a file says it. */
  public String describe() {
    return "when validation stalls for " + patience;
  }
}
