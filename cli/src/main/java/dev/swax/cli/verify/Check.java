package dev.swax.cli.verify;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was measured.
 *
 * @param error 0 or more; for equal bits, how many bytes differ
 * @param tolerance the most that is right
 * @param where the error is largest, or null where that says nothing
 */
public record Check(String name, double error, double tolerance, @Nullable String where) {
  /** Whether the error is within the tolerance; NaN is not. */
  public boolean passed() {
    return error <= tolerance;
  }
}
