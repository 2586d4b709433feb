package dev.swax.runtime.train;

import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the micro-batches of a step lost, one row each, in their order: those of other processes
 * too, once they are shared. So sums have the same bits whichever process computed a row.
 */
final class StepTally implements AutoCloseable {
  private static final ValueLayout.OfDouble NUMBER = ValueLayout.JAVA_DOUBLE;
  private static final int LOSS = 0;
  private static final int Z_LOSS = 1;
  private static final int TARGETS = 2;
  private static final int SOURCES = 3;

  private final Arena arena = Arena.ofShared();
  private final Sequences sequences;
  private final Ranks ranks;
  private final List<String> names;
  private final int rows;
  private final int columns;
  private final MemorySegment table;
  private int row;

  /** Of so many micro-batches of all processes together. */
  StepTally(Sequences sequences, Ranks ranks, int microBatches) {
    this.sequences = sequences;
    this.ranks = ranks;
    this.names = sequences.sources();
    this.rows = microBatches;
    this.columns = SOURCES + 2 * names.size();
    this.table = arena.allocate(NUMBER, (long) rows * columns);
  }

  /** Before the first micro-batch of this process. */
  void begin() {
    table.fill((byte) 0);
    row = rows / ranks.size() * ranks.rank();
  }

  /** Adds the next micro-batch. */
  void add(Batch batch, long targets, double loss, double zLoss, Tensor losses) {
    set(LOSS, loss);
    set(Z_LOSS, zLoss);
    set(TARGETS, targets);
    for (int i = 0; i < batch.batch() && !names.isEmpty(); i++) {
      int column = SOURCES + 2 * sequences.source(i);
      for (int t = i * batch.time(); t < (i + 1) * batch.time(); t++) {
        if (batch.targets()[t] >= 0) {
          set(column, get(row, column) + losses.get(t));
          set(column + 1, get(row, column + 1) + 1);
        }
      }
    }
    row++;
  }

  private void set(int column, double value) {
    table.setAtIndex(NUMBER, (long) row * columns + column, value);
  }

  private double get(int of, int column) {
    return table.getAtIndex(NUMBER, (long) of * columns + column);
  }

  /** Gets the rows of all processes. */
  void share() {
    long[] bounds = new long[ranks.size() + 1];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = (long) rows / ranks.size() * i * columns * Double.BYTES;
    }
    ranks.allGather(table, bounds);
  }

  /** Summed loss of all tokens. */
  double loss() {
    return sum(LOSS);
  }

  /** Summed z-loss. */
  double zLoss() {
    return sum(Z_LOSS);
  }

  /** Tokens that were predicted. */
  long targets() {
    return (long) sum(TARGETS);
  }

  private double sum(int column) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += get(i, column);
    }
    return sum;
  }

  /** Nats a token, of the sources that the step has. */
  SequencedMap<String, Double> means() {
    SequencedMap<String, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      double targets = sum(SOURCES + 2 * i + 1);
      if (targets > 0) {
        means.put(names.get(i), sum(SOURCES + 2 * i) / targets);
      }
    }
    return means;
  }

  @Override
  public void close() {
    arena.close();
  }
}
