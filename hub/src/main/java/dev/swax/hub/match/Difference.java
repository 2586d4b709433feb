package dev.swax.hub.match;

/** What stands in the way of two models being the same. */
public final class Difference extends Exception {
  private static final long serialVersionUID = 1;

  /** How far the comparison came: the layers that are the same. */
  private final int agreed;

  Difference(int agreed, String message) {
    super(message);
    this.agreed = agreed;
  }

  /** In how much the models agree, to choose the nearest of several. */
  public int agreed() {
    return agreed;
  }
}
