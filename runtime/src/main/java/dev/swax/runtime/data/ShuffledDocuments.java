package dev.swax.runtime.data;

import dev.swax.runtime.random.RandomStream;
import java.util.Arrays;

/**
 * Each epoch shuffles the documents, joins them, cuts the whole into sequences, and hands these out
 * in random order. What is left over at an epoch's end, less than one sequence, is dropped.
 */
final class ShuffledDocuments implements SequenceOrder {
  private final Corpus corpus;
  private final int time;
  private final RandomStream stream;
  private final int perEpoch;

  private long epoch = -1;
  private int[] documentOrder = {};
  private long[] documentStarts = {};
  private int[] sequenceOrder = {};
  private int ordinal;
  private int offset;

  ShuffledDocuments(Corpus corpus, int time, RandomStream stream) {
    this.corpus = corpus;
    this.time = time;
    this.stream = stream;
    this.perEpoch = Math.toIntExact((corpus.tokens() - 1) / time);
  }

  @Override
  public long perEpoch() {
    return perEpoch;
  }

  @Override
  public void seek(long n) {
    startEpoch(n / perEpoch);
    long from = (long) sequenceOrder[(int) (n % perEpoch)] * time;
    int found = Arrays.binarySearch(documentStarts, from);
    ordinal = found >= 0 ? found : -found - 2;
    offset = (int) (from - documentStarts[ordinal]);
  }

  private void startEpoch(long wanted) {
    if (epoch == wanted) {
      return;
    }
    epoch = wanted;
    int count = (int) corpus.size();
    documentOrder = stream.child("documents/" + epoch).permutation(count);
    sequenceOrder = stream.child("sequences/" + epoch).permutation(perEpoch);
    documentStarts = new long[count];
    int[] lengths = corpus.lengths();
    long start = 0;
    for (int i = 0; i < count; i++) {
      documentStarts[i] = start;
      start += lengths[documentOrder[i]];
    }
  }

  @Override
  public long document() {
    return documentOrder[ordinal];
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public void advance() {
    ordinal++;
  }
}
