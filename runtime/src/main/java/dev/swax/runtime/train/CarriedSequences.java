package dev.swax.runtime.train;

import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences that may begin with the state that another one left: each stands behind another
 * sequence of the same data, of which nothing is predicted. Whether the state goes over is drawn
 * for each sequence by its number, so it does not depend on who computes it.
 */
final class CarriedSequences implements Sequences {
  private final Sequences own;
  private final Sequences others;
  private final RandomStream draws;
  private final double share;
  private final Batch part;

  private CarriedSequences(
      Sequences own, Sequences others, RandomStream draws, double share, Batch part) {
    this.own = own;
    this.others = others;
    this.draws = draws;
    this.share = share;
    this.part = part;
  }

  /** Those of a recipe, which may be without. The other sequences are those of another seed. */
  static Sequences of(TrainingData data, Recipe recipe) {
    Sequences own = data.sequences(recipe);
    if (recipe.carry() == 0) {
      return own;
    }
    long seed = new RandomStream(recipe.seed(), "carry/data").nextLong();
    return new CarriedSequences(
        own,
        data.sequences(recipe.withSeed(seed)),
        new RandomStream(recipe.seed(), "carry"),
        recipe.carry(),
        Batch.allocate(recipe.microBatch(), recipe.sequence()));
  }

  @Override
  public List<String> sources() {
    return own.sources();
  }

  @Override
  public int source(int row) {
    return own.source(row);
  }

  @Override
  public List<String> notes() {
    return own.notes();
  }

  @Override
  public long position() {
    return own.position();
  }

  @Override
  public void seek(long position) {
    own.seek(position);
    others.seek(position);
  }

  @Override
  public int next(Batch batch, long drawn) {
    draws.seek(position());
    others.next(part, drawn);
    copy(part, batch, 0);
    int targets = own.next(part, drawn);
    copy(part, batch, batch.lead());
    for (int row = 0; row < batch.batch(); row++) {
      int first = row * batch.time() + batch.lead();
      Arrays.fill(batch.targets(), first - batch.lead(), first, -1);
      batch.documentStarts()[first] |= draws.nextDouble() >= share;
    }
    return targets;
  }

  /** Every row, to so many tokens behind its beginning. */
  private static void copy(Batch from, Batch to, int behind) {
    int time = from.time();
    for (int row = 0; row < from.batch(); row++) {
      int at = row * to.time() + behind;
      System.arraycopy(from.tokens(), row * time, to.tokens(), at, time);
      System.arraycopy(from.targets(), row * time, to.targets(), at, time);
      System.arraycopy(from.documentStarts(), row * time, to.documentStarts(), at, time);
    }
  }
}
