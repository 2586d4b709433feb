package dev.swax.runtime.train;

/**
 * That a training has ended before its last step, by its {@link EarlyStop}.
 *
 * @param step the last that was trained
 * @param best the step whose validation was the lowest; the weights are those of it
 * @param measurements validations since then, none of which was lower
 */
public record EarlyEnd(long step, long best, int measurements) {

  /** For people. */
  public String describe() {
    return "ended early at step %d: validation has not fallen for %d measurement%s; the weights are those of step %d, the lowest"
        .formatted(step, measurements, measurements == 1 ? "" : "s", best);
  }
}
