package dev.swax.runtime.evaluate;

import dev.swax.runtime.data.Document;
import java.util.Arrays;
import java.util.List;

/**
 * How often bytes, pairs and triples of bytes stand in documents. A context's total is how often it
 * is followed by anything, its kinds by how many different bytes.
 */
final class NgramCounts {
  private static final int BYTES = 256;
  private static final double FLOOR = 1.0 / 16;
  private static final int[] NOTHING = {};

  private final long[] unigrams = new long[BYTES];
  private final int[] bigrams = new int[BYTES * BYTES];

  /** What follows each pair of bytes; nothing after most of them. */
  private final int[][] trigrams = new int[BYTES * BYTES][];

  private final int[] bigramTotals = new int[BYTES];
  private final int[] bigramKinds = new int[BYTES];
  private final int[] trigramTotals = new int[BYTES * BYTES];
  private final int[] trigramKinds = new int[BYTES * BYTES];
  private long total;

  private NgramCounts() {
    Arrays.fill(trigrams, NOTHING);
  }

  static NgramCounts of(List<Document> documents) {
    var counts = new NgramCounts();
    documents.forEach(counts::add);
    return counts;
  }

  private void add(Document document) {
    for (int i = 0; i < document.length(); i++) {
      int c = document.token(i);
      unigrams[c]++;
      total++;
      if (i >= 1) {
        int b = document.token(i - 1);
        bigramTotals[b]++;
        bigramKinds[b] += bigrams[b * BYTES + c]++ == 0 ? 1 : 0;
      }
      if (i >= 2) {
        int context = document.token(i - 2) * BYTES + document.token(i - 1);
        int[] following = trigrams[context];
        if (following.length == 0) {
          following = new int[BYTES];
          trigrams[context] = following;
        }
        trigramTotals[context]++;
        trigramKinds[context] += following[c]++ == 0 ? 1 : 0;
      }
    }
  }

  /** {@code P1(c)}, for which something has been counted: no byte is without a share. */
  double unigram(int c) {
    return (1 - FLOOR) * unigrams[c] / total + FLOOR / BYTES;
  }

  int bigram(int index) {
    return bigrams[index];
  }

  int bigramTotal(int b) {
    return bigramTotals[b];
  }

  int bigramKinds(int b) {
    return bigramKinds[b];
  }

  /** How often byte {@code c} follows a pair of bytes. */
  int trigram(int context, int c) {
    int[] following = trigrams[context];
    return following.length == 0 ? 0 : following[c];
  }

  int trigramTotal(int context) {
    return trigramTotals[context];
  }

  int trigramKinds(int context) {
    return trigramKinds[context];
  }
}
