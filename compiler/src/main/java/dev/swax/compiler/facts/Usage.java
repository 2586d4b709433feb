package dev.swax.compiler.facts;

/**
 * How a model is used where its costs depend on it.
 *
 * @param sequence tokens of a sequence
 * @param steps of training, over which a window's schedule is averaged
 */
public record Usage(int sequence, long steps) {
  /** Steps of a training whose length is not known: only shares of it matter then. */
  public static final long UNKNOWN_STEPS = 1_000_000;
}
