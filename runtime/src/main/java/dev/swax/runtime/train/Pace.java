package dev.swax.runtime.train;

/**
 * How sequences and steps of a run go together.
 *
 * @param perStep sequences of a step
 * @param steps of the whole run
 */
record Pace(long perStep, long steps) {
  static Pace of(Recipe recipe) {
    return new Pace(recipe.batchTokens() / recipe.sequence(), recipe.steps());
  }

  /** The step, counted from 0, that a sequence of the run is of. */
  long step(long sequence) {
    return sequence / perStep;
  }
}
