package dev.swax.runtime.data;

import dev.swax.runtime.random.Permutation;
import dev.swax.runtime.random.RandomStream;

/**
 * The order of a corpus whose documents are too many to list. They stay joined as they stand there,
 * end to beginning. Each epoch cuts this circle at another place into sequences and hands them out
 * in random order, none of which is kept: memory does not grow with the corpus.
 */
final class ShuffledSequences implements SequenceOrder {
  private final Corpus corpus;
  private final int time;
  private final RandomStream stream;
  private final long perEpoch;

  private long epoch = -1;
  private long first;
  private Permutation order;
  private long document;
  private int offset;

  ShuffledSequences(Corpus corpus, int time, RandomStream stream) {
    this.corpus = corpus;
    this.time = time;
    this.stream = stream;
    this.perEpoch = (corpus.tokens() - 1) / time;
    this.order = new Permutation(stream, perEpoch);
  }

  @Override
  public long perEpoch() {
    return perEpoch;
  }

  @Override
  public void seek(long n) {
    long wanted = n / perEpoch;
    if (wanted != epoch) {
      epoch = wanted;
      first = Math.floorMod(stream.child("first/" + epoch).nextLong(), corpus.tokens());
      order = new Permutation(stream.child("sequences/" + epoch), perEpoch);
    }
    long token = (first + order.at(n % perEpoch) * time) % corpus.tokens();
    document = corpus.documentOf(token);
    offset = (int) (token - corpus.start(document));
  }

  @Override
  public long document() {
    return document;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public void advance() {
    do {
      document = (document + 1) % corpus.size();
    } while (corpus.length(document) == 0);
  }
}
