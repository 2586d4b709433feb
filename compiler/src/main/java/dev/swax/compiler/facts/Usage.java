package dev.swax.compiler.facts;

import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.Recompute;

/**
 * How a model is used where its costs depend on it.
 *
 * @param sequence tokens of a sequence
 * @param batch sequences that training handles at once
 * @param steps of training, over which a window's schedule is averaged
 * @param stated whether a train block says so
 * @param lanes in which gradients are summed
 * @param processes that share a training
 * @param recompute what its backward pass computes again
 */
public record Usage(
    int sequence,
    int batch,
    long steps,
    boolean stated,
    int lanes,
    int processes,
    Recompute recompute) {
  /** Steps of a training whose length is not known: only shares of it matter then. */
  public static final long UNKNOWN_STEPS = 1_000_000;

  private static final int UNSTATED_SEQUENCE = 4096;

  /** As a train block has it. */
  public static Usage of(TrainPlan plan) {
    Recipe recipe = plan.recipe();
    return new Usage(
        recipe.sequence(),
        recipe.microBatch(),
        recipe.steps(),
        true,
        recipe.lanes(),
        1,
        recipe.recompute());
  }

  /** In one process, with one lane, and nothing computed again. */
  public Usage(int sequence, int batch, long steps, boolean stated) {
    this(sequence, batch, steps, stated, 1, 1, Recompute.NONE);
  }

  /** Shared by so many processes; where no train block says how many lanes there are, as many. */
  public Usage withProcesses(int number) {
    return new Usage(sequence, batch, steps, stated, stated ? lanes : number, number, recompute);
  }

  /** With sequences of another length. */
  public Usage withSequence(int tokens) {
    return new Usage(tokens, batch, steps, stated, lanes, processes, recompute);
  }

  /** Where no train block says anything. */
  public static Usage unstated() {
    return new Usage(UNSTATED_SEQUENCE, 1, UNKNOWN_STEPS, false);
  }
}
