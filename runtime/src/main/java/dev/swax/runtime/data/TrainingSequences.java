package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Training sequences without end. Each epoch shuffles the documents, joins them, cuts the whole
 * into sequences of {@code time} tokens (a sequence's targets reach one token into the next), and
 * hands the sequences out in random order. What is left over at an epoch's end, less than one
 * sequence, is dropped.
 *
 * <p>Sequence number n depends on the seed, the text and n only; n is all that must be saved.
 */
public final class TrainingSequences implements Sequences {
  private final Corpus corpus;
  private final int time;
  private final DocumentBorders borders;
  private final RandomStream stream;
  private final int perEpoch;

  private long epoch = -1;
  private int[] documentOrder = {};
  private long[] documentStarts = {};
  private int[] sequenceOrder = {};
  private long position;

  public TrainingSequences(Corpus corpus, int time, DocumentBorders borders, long seed) {
    obstacle(corpus, time)
        .ifPresent(error -> {
          throw error;
        });
    this.corpus = corpus;
    this.time = time;
    this.borders = borders;
    this.stream = new RandomStream(seed, "data");
    this.perEpoch = Math.toIntExact((corpus.tokens() - 1) / time);
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

  @Override
  public long position() {
    return position;
  }

  @Override
  public void seek(long position) {
    this.position = position;
  }

  /** Sequences of one pass over the text. */
  public int perEpoch() {
    return perEpoch;
  }

  @Override
  public int next(Batch batch) {
    int targets = 0;
    for (int row = 0; row < batch.batch(); row++) {
      startEpoch(position / perEpoch);
      int index = sequenceOrder[(int) (position % perEpoch)];
      targets += fill(batch, row * time, (long) index * time);
      position++;
    }
    return targets;
  }

  private void startEpoch(long wanted) {
    if (epoch == wanted) {
      return;
    }
    epoch = wanted;
    int count = corpus.documents().size();
    documentOrder = stream.child("documents/" + epoch).permutation(count);
    sequenceOrder = stream.child("sequences/" + epoch).permutation(perEpoch);
    documentStarts = new long[count];
    long start = 0;
    for (int i = 0; i < count; i++) {
      documentStarts[i] = start;
      start += corpus.documents().get(documentOrder[i]).length();
    }
  }

  private int fill(Batch batch, int row, long from) {
    int found = Arrays.binarySearch(documentStarts, from);
    int ordinal = found >= 0 ? found : -found - 2;
    int offset = (int) (from - documentStarts[ordinal]);
    Document document = corpus.documents().get(documentOrder[ordinal]);
    boolean[] starts = batch.documentStarts();
    Arrays.fill(starts, row, row + time, false);
    for (int t = 0; t < time; ) {
      starts[row + t] = offset == 0 && borders == DocumentBorders.RESET;
      int count = Math.min(time - t, document.length() - offset);
      document.tokens().copy(offset, count, batch.tokens(), row + t);
      t += count;
      offset += count;
      if (offset == document.length()) {
        offset = 0;
        document = corpus.documents().get(documentOrder[++ordinal]);
      }
    }
    boolean border = offset == 0 && borders == DocumentBorders.RESET;
    return target(batch, row, border ? -1 : document.token(offset));
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
