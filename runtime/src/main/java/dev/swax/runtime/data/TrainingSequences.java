package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Training sequences of {@code time} tokens without end; a sequence's targets reach one token into
 * the next. Sequence number n depends on the seed, the text and n only; n is all that must be
 * saved.
 */
public final class TrainingSequences extends NumberedSequences {
  private final Corpus corpus;
  private final DocumentBorders borders;
  private final SequenceOrder order;
  private final int[] next = new int[1];

  public TrainingSequences(Corpus corpus, int time, DocumentBorders borders, long seed) {
    super(time);
    obstacle(corpus, time)
        .ifPresent(error -> {
          throw error;
        });
    this.corpus = corpus;
    this.borders = borders;
    this.order = SequenceOrder.of(corpus, time, new RandomStream(seed, "data"));
  }

  /** Why the text is not enough for sequences of so many tokens; empty where it is. */
  public static Optional<UserError> obstacle(Corpus corpus, int time) {
    return corpus.tokens() > time
        ? Optional.empty()
        : Optional.of(
            new UserError(
                String.format(
                    Locale.ROOT,
                    "the training text has %,d tokens, but one sequence needs %,d and one"
                        + " more to predict",
                    corpus.tokens(),
                    time),
                "shorten `seq` or add text"));
  }

  /** Sequences of one pass over the text. */
  public long perEpoch() {
    return order.perEpoch();
  }

  @Override
  protected int fill(Batch batch, int row, long number, long drawn) {
    order.seek(number);
    int offset = order.offset();
    int length = corpus.length(order.document());
    boolean[] starts = batch.documentStarts();
    Arrays.fill(starts, row, row + time, false);
    for (int t = 0; t < time; ) {
      starts[row + t] = offset == 0 && borders == DocumentBorders.RESET;
      int count = Math.min(time - t, length - offset);
      corpus.copy(order.document(), offset, count, batch.tokens(), row + t);
      t += count;
      offset += count;
      if (offset == length) {
        offset = 0;
        order.advance();
        length = corpus.length(order.document());
      }
    }
    boolean border = offset == 0 && borders == DocumentBorders.RESET;
    corpus.copy(order.document(), offset, 1, next, 0);
    return target(batch, row, border ? -1 : next[0]);
  }

  /** Every token's target is the next one, but for starts of documents; {@code last}: the last. */
  private int target(Batch batch, int row, int last) {
    int[] targets = batch.targets();
    System.arraycopy(batch.tokens(), row + 1, targets, row, time - 1);
    targets[row + time - 1] = last;
    int count = last < 0 ? time - 1 : time;
    for (int t = 1; t < time; t++) {
      if (batch.documentStarts()[row + t]) {
        targets[row + t - 1] = -1;
        count--;
      }
    }
    return count;
  }
}
