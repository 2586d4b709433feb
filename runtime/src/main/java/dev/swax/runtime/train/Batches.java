package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import java.util.Locale;

/**
 * How the tokens of one optimizer step are divided.
 *
 * @param sequence tokens of one training sequence
 * @param tokens of one optimizer step
 * @param micro sequences of one call of the program, a micro-batch
 * @param lanes in which the micro-batches of a step are summed: a power of 2 that divides their
 *     number. Gradients of a lane are added in order, those of lanes in a binary tree
 */
public record Batches(int sequence, int tokens, int micro, int lanes) {
  /** As many lanes there are, where so many divide the micro-batches and nothing else is said. */
  public static final int LANES = 8;

  public static final int MOST_LANES = 1024;

  public Batches {
    Recipe.requirePositive("tokens in a sequence", sequence);
    Recipe.requirePositive("tokens in a batch", tokens);
    Recipe.requirePositive("sequences in a micro-batch", micro);
    if (tokens % sequence != 0) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "a batch of %,d tokens is not a whole number of sequences of %,d tokens",
              tokens,
              sequence),
          "`batch = %d tok`".formatted(Math.max(1, tokens / sequence) * (long) sequence));
    }
    if (tokens / sequence % micro != 0) {
      throw new UserError(
          "a batch of %d sequences is not a whole number of micro-batches of %d"
              .formatted(tokens / sequence, micro),
          "`micro_batch = 1` always fits");
    }
    int parts = tokens / sequence / micro;
    if (Integer.bitCount(lanes) != 1 || lanes > MOST_LANES || parts % lanes != 0) {
      throw new UserError(
          "%d lanes: they are a power of 2 that divides the %d micro-batches of a step"
              .formatted(lanes, parts),
          "`lanes = %d`".formatted(lanes(parts)));
    }
  }

  /** With the most lanes. */
  public static Batches of(int sequence, int tokens, int micro) {
    int parts = tokens / Math.max(1, sequence) / Math.max(1, micro);
    return new Batches(sequence, tokens, micro, lanes(Math.max(1, parts)));
  }

  /** The most lanes, {@value #LANES} or fewer, that so many micro-batches are divided into. */
  public static int lanes(int microBatches) {
    return Math.min(LANES, Integer.lowestOneBit(microBatches));
  }

  /** Calls of the program for one optimizer step. */
  int count() {
    return tokens / sequence / micro;
  }
}
