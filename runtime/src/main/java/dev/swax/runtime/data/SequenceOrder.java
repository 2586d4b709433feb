package dev.swax.runtime.data;

import dev.swax.runtime.random.RandomStream;

/** In which order training reads a corpus: where each sequence begins, and what follows there. */
interface SequenceOrder {
  /** Up to so many documents and sequences an order is kept in memory. */
  long DOCUMENTS = 1 << 22;

  long SEQUENCES = 1 << 23;

  /** The order of a corpus; it follows from the numbers of its documents and sequences. */
  static SequenceOrder of(Corpus corpus, int time, RandomStream stream) {
    long perEpoch = (corpus.tokens() - 1) / time;
    return corpus.size() <= DOCUMENTS && perEpoch <= SEQUENCES
        ? new ShuffledDocuments(corpus, time, stream)
        : new ShuffledSequences(corpus, time, stream);
  }

  /** Sequences of one pass over the text. */
  long perEpoch();

  /** Goes to the first token of sequence {@code n}, counted through all epochs. */
  void seek(long n);

  /** The document that is read. */
  long document();

  /** Where in it {@link #seek} went. */
  int offset();

  /** Goes to the first token of the document that follows. */
  void advance();
}
