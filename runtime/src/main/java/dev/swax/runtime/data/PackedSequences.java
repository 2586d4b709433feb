package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.random.Permutation;
import dev.swax.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Training sequences of {@code time} tokens without end that hold whole documents; behind the last
 * one nothing is predicted. The documents, in random order, are packed some thousands at a time, in
 * every epoch alike; each epoch takes these blocks, and the sequences of a block, in another order.
 * So sequence number n follows from the seed, the text and n, and what is kept does not grow with
 * the corpus, but for a number for each block.
 */
public final class PackedSequences extends NumberedSequences {
  /** Documents that are packed together. */
  static final int BLOCK = 1 << 12;

  private final Corpus corpus;
  private final DocumentBorders borders;
  private final RandomStream stream;
  private final Permutation documents;
  private final int[] counts;
  private final long perEpoch;
  private final String note;
  private final int[] next = new int[1];

  private long epoch = -1;
  private long[] firsts = {};
  private Permutation blocks;
  private PackedBlock block = new PackedBlock(new int[0], 1);
  private long loaded = -1;
  private long ordered = -1;
  private Permutation order;

  public PackedSequences(Corpus corpus, int time, DocumentBorders borders, long seed) {
    super(time);
    obstacle(corpus, time)
        .ifPresent(error -> {
          throw error;
        });
    this.corpus = corpus;
    this.borders = borders;
    this.stream = new RandomStream(seed, "data");
    this.documents = new Permutation(stream.child("documents"), corpus.size());
    this.counts = new int[Math.toIntExact((corpus.size() + BLOCK - 1) / BLOCK)];
    this.blocks = new Permutation(stream, counts.length);
    this.order = new Permutation(stream, 1);
    long sequences = 0;
    long tokens = 0;
    long alone = 0;
    for (int i = 0; i < counts.length; i++) {
      PackedBlock packed = load(i);
      counts[i] = packed.size();
      sequences += packed.size();
      tokens += packed.tokens();
      alone += packed.alone();
    }
    this.perEpoch = sequences;
    this.note = note(sequences, empty(tokens, sequences), empty(tokens, alone));
  }

  private double empty(long tokens, long sequences) {
    return 100 * (1 - (double) tokens / time / sequences);
  }

  private static String note(long sequences, double empty, double alone) {
    return String.format(
        Locale.ROOT,
        "sequences hold whole documents: %,d an epoch, %.1f %% of their places are empty (with one"
            + " document each, %.1f %%)",
        sequences,
        empty,
        alone);
  }

  /** Why there is no such sequence; empty where there is one. */
  public static Optional<UserError> obstacle(Corpus corpus, int time) {
    if (time < 2) {
      return Optional.of(
          new UserError(
              "a sequence of 1 token has no document with something to predict", "`seq = 2 tok`"));
    }
    return corpus.longest() > 1
        ? Optional.empty()
        : Optional.of(
            new UserError(
                "no document of the training text has 2 %s or more, so there is nothing to predict"
                    .formatted(corpus.tokenizer().unit()),
                "add text"));
  }

  /** Sequences of one pass over the text. */
  public long perEpoch() {
    return perEpoch;
  }

  @Override
  public List<String> notes() {
    return List.of(note);
  }

  /** Loads the block of sequence {@code n}; returns its number there. */
  private int locate(long n) {
    startEpoch(n / perEpoch);
    long rest = n % perEpoch;
    int found = Arrays.binarySearch(firsts, rest);
    int place = found >= 0 ? found : -found - 2;
    while (firsts[place + 1] == rest) { // blocks of documents that are too short have no sequence
      place++;
    }
    long wanted = blocks.at(place);
    if (wanted != loaded) {
      block = load(wanted);
      loaded = wanted;
      ordered = -1;
    }
    if (ordered != epoch) {
      order = new Permutation(stream.child("sequences/" + epoch + "/" + wanted), block.size());
      ordered = epoch;
    }
    return (int) order.at(rest - firsts[place]);
  }

  private void startEpoch(long wanted) {
    if (epoch == wanted) {
      return;
    }
    epoch = wanted;
    blocks = new Permutation(stream.child("blocks/" + epoch), counts.length);
    firsts = new long[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      firsts[i + 1] = firsts[i] + counts[(int) blocks.at(i)];
    }
  }

  private PackedBlock load(long number) {
    long first = number * BLOCK;
    int[] lengths = new int[(int) Math.min(BLOCK, corpus.size() - first)];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = corpus.length(documents.at(first + i));
    }
    return new PackedBlock(lengths, time);
  }

  @Override
  protected int fill(Batch batch, int row, long number, long drawn) {
    int sequence = locate(number);
    boolean reset = borders == DocumentBorders.RESET;
    batch.clear(row, time);
    int at = row;
    int targets = 0;
    for (int member : block.documents(sequence)) {
      long document = documents.at(loaded * BLOCK + member);
      int offset = block.offset(sequence, member);
      int count = block.length(sequence, member);
      corpus.copy(document, offset, count, batch.tokens(), at);
      batch.documentStarts()[at] = reset && (offset == 0 || at > row);
      System.arraycopy(batch.tokens(), at + 1, batch.targets(), at, count - 1);
      targets += count - 1;
      if (!reset && at > row && offset == 0) {
        batch.targets()[at - 1] = batch.tokens()[at];
        targets++;
      }
      at += count;
      if (offset + count < corpus.length(document)) { // more of it is in another sequence
        corpus.copy(document, offset + count, 1, next, 0);
        batch.targets()[at - 1] = next[0];
        targets++;
      }
    }
    return targets;
  }
}
