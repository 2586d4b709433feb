package dev.swax.runtime.task.copying;

import dev.swax.runtime.UserError;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.PredictionTask;
import java.util.Arrays;

/**
 * Selective copying (Gu and Dao, 2023, "Mamba"), and copying (Arjovsky et al., 2016). A sequence
 * shows n items and ends with n marks: {@code 3 . . 7 . 5 . M M M}, where a dot is a blank. At the
 * i-th mark the i-th item is to be predicted. Only marks follow a mark, so nothing gives an answer
 * away.
 *
 * <p>0 is the blank, V - 1 the mark, and items are drawn with replacement from the tokens between
 * them. In T - n places before the marks, the places of the items are drawn: every choice of n is
 * equally likely, so a model must tell items from blanks. Without that, the items are the first n
 * tokens, and counting is enough.
 *
 * @param length T
 * @param items n; {@code 2 n <= T}
 * @param vocabulary V, at least 3
 * @param selective whether the places of the items are drawn
 */
public record Copying(int length, int items, int vocabulary, boolean selective)
    implements PredictionTask {

  public Copying {
    if (items < 1) {
      throw new UserError("`items` is 1 or more, but this is " + items, null);
    }
    if (vocabulary < 3) {
      throw new UserError(
          "a blank, a mark and an item are 3 tokens, but `vocab` is " + vocabulary, "`vocab: 16`");
    }
    if (2L * items > length) {
      throw new UserError(
          "%d items and as many marks need %d tokens, but `length` is %d"
              .formatted(items, 2L * items, length),
          length < 2 ? "`length: %d`".formatted(2L * items) : "`items: %d`".formatted(length / 2));
    }
  }

  @Override
  public String describe() {
    return "copying(length: %s, items: %s, vocab: %s, selective: %s)"
        .formatted(length, items, vocabulary, selective);
  }

  @Override
  public Copying atLength(int other) {
    return new Copying(other, items, vocabulary, selective);
  }

  @Override
  public long size() {
    return ENDLESS;
  }

  @Override
  public Example example(long seed, long index) {
    var random = new RandomStream(seed, "copying/" + index);
    int[] tokens = new int[length];
    int[] targets = new int[length];
    int[] distances = new int[length];
    Arrays.fill(targets, -1);
    int marks = length - items;
    int shown = 0;
    for (int t = 0; t < marks; t++) {
      if (isItem(t, marks, shown, random)) {
        int mark = marks + shown++;
        tokens[t] = 1 + random.nextInt(vocabulary - 2);
        targets[mark] = tokens[t];
        distances[mark] = mark - t;
      }
    }
    Arrays.fill(tokens, marks, length, vocabulary - 1);
    return new Example(tokens, targets, distances);
  }

  /**
   * Whether place t of so many has the next item. Of the places left, each is as likely as the
   * others to be one of those that the items left take (Knuth's algorithm S).
   */
  private boolean isItem(int t, int places, int shown, RandomStream random) {
    int left = items - shown;
    return selective ? random.nextInt(places - t) < left : left > 0;
  }
}
