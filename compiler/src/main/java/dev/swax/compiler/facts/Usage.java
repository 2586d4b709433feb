package dev.swax.compiler.facts;

import dev.swax.compiler.model.TrainPlan;

/**
 * How a model is used where its costs depend on it.
 *
 * @param sequence tokens of a sequence
 * @param batch sequences that training handles at once
 * @param steps of training, over which a window's schedule is averaged
 * @param stated whether a train block says so
 */
public record Usage(int sequence, int batch, long steps, boolean stated) {
  /** Steps of a training whose length is not known: only shares of it matter then. */
  public static final long UNKNOWN_STEPS = 1_000_000;

  private static final int UNSTATED_SEQUENCE = 4096;

  /** As a train block has it. */
  public static Usage of(TrainPlan plan) {
    return new Usage(
        plan.recipe().sequence(), plan.recipe().microBatch(), plan.recipe().steps(), true);
  }

  /** With sequences of another length. */
  public Usage withSequence(int tokens) {
    return new Usage(tokens, batch, steps, stated);
  }

  /** Where no train block says anything. */
  public static Usage unstated() {
    return new Usage(UNSTATED_SEQUENCE, 1, UNKNOWN_STEPS, false);
  }
}
