package dev.swax.runtime.evaluate;

import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.data.MemoryCorpus;
import java.util.ArrayList;
import java.util.List;

/**
 * A byte trigram model, the baseline that a trained model must beat. Interpolated absolute
 * discounting (Ney, Essen and Kneser 1994): with the count n of what follows a context and the
 * number r of different bytes that do,
 *
 * <pre>
 * P3(c | a b) = max(n(a b c) - d3, 0) / n(a b) + d3 r(a b) / n(a b) P2(c | b)
 * P2(c | b)   = max(n(b c)   - d2, 0) / n(b)   + d2 r(b)   / n(b)   P1(c)
 * P1(c)       = 15/16 n(c) / n + 1/16 1/256
 * </pre>
 *
 * A pair that was never seen leaves all weight to the next line. After a byte that was never seen
 * every byte is as likely, so that text of bytes which are not in the training text has a
 * perplexity of 256, and not more. The discounts d3 and d2 are those of {@link #DISCOUNTS} that
 * give the least loss on a tenth of the training files (at most 500,000 bytes of it) when the
 * counts come from the other nine tenths; then all training files are counted. The first byte of a
 * document is not predicted, the second has no trigram context: where tokens are bytes, the same
 * are scored as by {@link Evaluator}.
 */
public final class ByteNgram {
  static final double[] DISCOUNTS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99};

  private static final int BYTES = 256;
  private static final long TUNING_BYTES = 500_000;

  private final NgramCounts counts;
  private final double trigramDiscount;
  private final double bigramDiscount;

  private ByteNgram(NgramCounts counts, double trigramDiscount, double bigramDiscount) {
    this.counts = counts;
    this.trigramDiscount = trigramDiscount;
    this.bigramDiscount = bigramDiscount;
  }

  /** Counts the text with discounts tuned on a part of it. */
  public static ByteNgram train(Corpus text) {
    Corpus bytes = text.inBytes();
    List<Document> documents = bytes.documents();
    List<Document> counted = new ArrayList<>();
    List<Document> held = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      (i % 10 == 9 ? held : counted).add(documents.get(i));
    }
    double trigram = 0.5;
    double bigram = 0.5;
    if (held.stream().anyMatch(document -> document.length() > 1)) {
      NgramCounts counts = NgramCounts.of(counted);
      Corpus tuning = new MemoryCorpus(held, bytes.tokenizer()).sample(TUNING_BYTES);
      // a coordinate search: the bigram's discount matters only where the trigram's lets it
      for (int round = 0; round < 2; round++) {
        trigram = best(counts, tuning, bigram, true);
        bigram = best(counts, tuning, trigram, false);
      }
    }
    return new ByteNgram(NgramCounts.of(documents), trigram, bigram);
  }

  private static double best(
      NgramCounts counts, Corpus tuning, double other, boolean searchTrigram) {
    double best = DISCOUNTS[0];
    double least = Double.POSITIVE_INFINITY;
    for (double discount : DISCOUNTS) {
      var model =
          searchTrigram
              ? new ByteNgram(counts, discount, other)
              : new ByteNgram(counts, other, discount);
      double loss = model.score(tuning).loss();
      if (loss < least) {
        least = loss;
        best = discount;
      }
    }
    return best;
  }

  /** The discount d3 of trigrams. */
  public double trigramDiscount() {
    return trigramDiscount;
  }

  /** The discount d2 of bigrams. */
  public double bigramDiscount() {
    return bigramDiscount;
  }

  /** Loss on the text. */
  public Score score(Corpus text) {
    List<Score.Part> parts = new ArrayList<>();
    for (Document document : text.inBytes().documents()) {
      double sum = 0;
      for (int i = 1; i < document.length(); i++) {
        double probability =
            i == 1
                ? bigram(document.token(0), document.token(1))
                : trigram(document.token(i - 2), document.token(i - 1), document.token(i));
        sum -= StrictMath.log(probability);
      }
      long predicted = Math.max(0, document.length() - 1);
      parts.add(new Score.Part(sum, predicted, predicted));
    }
    return Score.of(parts);
  }

  double trigram(int a, int b, int c) {
    int context = a * BYTES + b;
    int total = counts.trigramTotal(context);
    double lower = bigram(b, c);
    if (total == 0) {
      return lower;
    }
    double left = trigramDiscount * counts.trigramKinds(context) / total;
    return Math.max(counts.trigram(context, c) - trigramDiscount, 0) / total + left * lower;
  }

  double bigram(int b, int c) {
    int total = counts.bigramTotal(b);
    if (total == 0) {
      return 1.0 / BYTES;
    }
    double lower = counts.unigram(c);
    double left = bigramDiscount * counts.bigramKinds(b) / total;
    return Math.max(counts.bigram(b * BYTES + c) - bigramDiscount, 0) / total + left * lower;
  }
}
