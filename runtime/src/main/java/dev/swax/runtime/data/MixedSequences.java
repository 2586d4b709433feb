package dev.swax.runtime.data;

import dev.swax.runtime.program.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of several sources by shares. Each sequence adds its share to every source's credit;
 * the source with the most gives the sequence and pays 1. So after any number of sequences every
 * source has given as many as its shares say, within one for each other source. The choice depends
 * on the shares only: it is done again to find where each source stands.
 */
public final class MixedSequences implements Sequences {
  /** What part of the sequences a source gives. */
  public interface Shares {
    /** That of a source where sequence number {@code sequence} is chosen. */
    double of(int source, long sequence);
  }

  private final List<String> names;
  private final List<Sequences> sources;
  private final Shares shares;
  private final Batch one;
  private final double[] credits;
  private final long[] given;
  private int[] chosen = {};
  private long position;

  /** Of sources with these names; sequences of {@code time} tokens. */
  public MixedSequences(List<String> names, List<Sequences> sources, Shares shares, int time) {
    this.names = List.copyOf(names);
    this.sources = List.copyOf(sources);
    this.shares = shares;
    this.one = Batch.allocate(1, time);
    this.credits = new double[sources.size()];
    this.given = new long[sources.size()];
  }

  @Override
  public List<String> sources() {
    return names;
  }

  @Override
  public List<String> notes() {
    return IntStream.range(0, names.size())
        .boxed()
        .flatMap(i -> sources.get(i).notes().stream().map(note -> names.get(i) + ": " + note))
        .toList();
  }

  @Override
  public int source(int row) {
    return chosen[row];
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void seek(long wanted) {
    Arrays.fill(credits, 0);
    Arrays.fill(given, 0);
    for (position = 0; position < wanted; position++) {
      given[choose()]++;
    }
    for (int i = 0; i < given.length; i++) {
      sources.get(i).seek(given[i]);
    }
  }

  @Override
  public void skip(long count) {
    for (long i = 0; i < count; i++, position++) {
      sources.get(choose()).skip(1);
    }
  }

  private int choose() {
    int most = 0;
    for (int i = 0; i < credits.length; i++) {
      credits[i] += shares.of(i, position);
      most = credits[i] > credits[most] ? i : most;
    }
    credits[most] -= 1;
    return most;
  }

  @Override
  public int next(Batch batch, long drawn) {
    if (chosen.length < batch.batch()) {
      chosen = new int[batch.batch()];
    }
    int targets = 0;
    int time = one.time();
    for (int row = 0; row < batch.batch(); row++) {
      chosen[row] = choose();
      targets += sources.get(chosen[row]).next(one, position++);
      System.arraycopy(one.tokens(), 0, batch.tokens(), row * time, time);
      System.arraycopy(one.targets(), 0, batch.targets(), row * time, time);
      System.arraycopy(one.documentStarts(), 0, batch.documentStarts(), row * time, time);
    }
    return targets;
  }
}
