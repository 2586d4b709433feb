package dev.swax.compiler.interpret;

import dev.swax.compiler.ir.Op;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a graph is evaluated on: {@code batch} sequences of {@code time} tokens, the inputs and
 * parameters by name, and what the batch brings. Methods change this object and return it.
 */
public final class Bindings {
  private final int batch;
  private final int time;
  private final Map<String, Matrix> values = new LinkedHashMap<>();
  private int @Nullable [] tokens;
  private int @Nullable [] targets;
  private boolean @Nullable [] documentStarts;
  private int[] windows = {};
  private int meta;
  private double lossScale = 1;

  public Bindings(int batch, int time) {
    this.batch = batch;
    this.time = time;
  }

  /** An input or a parameter. */
  public Bindings value(String name, Matrix value) {
    values.put(name, value);
    return this;
  }

  /** One token a row. */
  public Bindings tokens(int... rows) {
    tokens = rows;
    return this;
  }

  /** What follows each token; below 0 is ignored. */
  public Bindings targets(int... rows) {
    targets = rows;
    return this;
  }

  /** True where a document begins; without it, only at the start of each sequence. */
  public Bindings documentStarts(boolean... rows) {
    documentStarts = rows;
    return this;
  }

  /** The width of each of the model's windows. */
  public Bindings windows(int... widths) {
    windows = widths;
    return this;
  }

  /**
   * The same batch with so many rows of meta tokens before each sequence. Values do not come along.
   */
  public Bindings withMeta(int count) {
    var all = new Bindings(batch, count + time).windows(windows).lossScale(lossScale);
    all.meta = count;
    all.tokens = tokens == null ? null : behindMeta(tokens, count);
    all.targets = targets == null ? null : behindMeta(targets, count);
    if (documentStarts != null) {
      boolean[] starts = new boolean[batch * (count + time)];
      for (int row = 0; row < rows(); row++) {
        int t = row % time;
        starts[row / time * (count + time) + (t == 0 ? 0 : count + t)] = documentStarts[row];
      }
      all.documentStarts = starts;
    }
    return all;
  }

  /** -1 in the rows of meta tokens. */
  private int[] behindMeta(int[] rows, int count) {
    int[] all = new int[batch * (count + time)];
    Arrays.fill(all, -1);
    for (int b = 0; b < batch; b++) {
      System.arraycopy(rows, b * time, all, b * (count + time) + count, time);
    }
    return all;
  }

  /** The rows of x that are no meta tokens. */
  Matrix withoutMeta(Matrix x) {
    int text = time - meta;
    Matrix y = Matrix.zeros(batch * text, x.columns());
    for (int row = 0; row < y.rows(); row++) {
      for (int c = 0; c < x.columns(); c++) {
        y.set(row, c, x.get(row / text * time + meta + row % text, c));
      }
    }
    return y;
  }

  /** What the gradient of the cross-entropy is multiplied by. */
  public Bindings lossScale(double scale) {
    lossScale = scale;
    return this;
  }

  public int batch() {
    return batch;
  }

  public int time() {
    return time;
  }

  public int rows() {
    return batch * time;
  }

  public Matrix value(String name) {
    Matrix value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for " + name + " in " + values.keySet());
    }
    return value;
  }

  /** Which of so many rows of a table each token reads. */
  int[] indices(Op.Index index, int rows) {
    return switch (index) {
      case TOKEN -> required(tokens, "tokens");
      case POSITION -> positions(rows);
      case META -> metaTokens();
    };
  }

  private int[] metaTokens() {
    int[] tokens = new int[rows()];
    for (int row = 0; row < tokens.length; row++) {
      tokens[row] = row % time < meta ? row % time : -1;
    }
    return tokens;
  }

  /** Whether every later row of a sequence sees that one. */
  boolean isMeta(int row) {
    return row % time < meta;
  }

  private int[] positions(int count) {
    int[] positions = new int[rows()];
    for (int row = 0; row < positions.length; row++) {
      boolean first = row % time == 0 || startsDocument(row);
      positions[row] = first ? 0 : (positions[row - 1] + 1) % count;
    }
    return positions;
  }

  int[] targets() {
    return required(targets, "targets");
  }

  /** Whether a document begins at {@code row} inside its sequence. */
  boolean startsDocument(int row) {
    return documentStarts != null && documentStarts[row];
  }

  /** Keys that a query may see at most: the window's width, or all of them for -1. */
  int window(int index) {
    return index < 0 ? time : windows[index];
  }

  double lossScale() {
    return lossScale;
  }

  private static int[] required(int @Nullable [] rows, String name) {
    if (rows == null) {
      throw new IllegalArgumentException("no " + name + " given");
    }
    return rows;
  }
}
