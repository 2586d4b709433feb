package dev.swax.runtime.task;

/**
 * Scored by which of several texts the model finds likeliest. Two measures: {@code acc} takes the
 * largest sum of log-likelihoods of a continuation's tokens, {@code acc_norm} the largest sum
 * divided by {@link Choices.Option#size}; of equal ones the first is taken.
 */
public non-sealed interface ChoiceTask extends Task {
  /** Whether {@code acc_norm} is the primary measure. */
  boolean normalized();

  /** Number {@code index}. */
  Choices choices(long seed, long index);

  /** The right option. */
  @Override
  default Example example(long seed, long index) {
    Choices choices = choices(seed, index);
    Choices.Option right = choices.options().get(choices.right());
    return Example.continuation(right.context(), right.continuation());
  }
}
