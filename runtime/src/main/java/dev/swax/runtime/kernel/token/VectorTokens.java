package dev.swax.runtime.kernel.token;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/** What has token numbers at one end: embedding and loss. */
public final class VectorTokens {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int LANES = SPECIES.length();

  /** Columns of a part of the embedding's gradient. */
  private static final int COLUMN_BLOCK = 64;

  /** Logits that are read twice while they are in the first cache. */
  private static final int LOGIT_BLOCK = 4096;

  private static final int[] NO_TOKENS = {};

  private final Team team;
  private final RowPartition partition;
  private final RowTask embeddingRows = this::embeddingRows;
  private final Task embeddingColumns = this::embeddingColumns;
  private final RowTask lossRows = this::lossRows;
  private final RowTask lossGradientRows = this::lossGradientRows;

  private int[] tokens = NO_TOKENS;
  private MemorySegment table = MemorySegment.NULL;
  private MemorySegment values = MemorySegment.NULL;
  private MemorySegment losses = MemorySegment.NULL;
  private MemorySegment logSumExp = MemorySegment.NULL;
  private MemorySegment gradient = MemorySegment.NULL;
  private float scale;
  private float zLoss;
  private int rows;
  private int columns;

  public VectorTokens(Team team) {
    this.team = team;
    partition = new RowPartition(team);
  }

  // Embedding ----------------------------------------------------------------------------------

  /**
   * {@code out[t] = table[tokens[t]]}, zeros where the token is below 0. table [vocab, columns],
   * out [rows, columns].
   */
  public void embedding(int[] tokens, Tensor table, Tensor out, int rows, int columns) {
    this.tokens = tokens;
    this.table = table.segment();
    this.values = out.segment();
    this.columns = columns;
    partition.run(rows, embeddingRows);
  }

  private void embeddingRows(int part, int from, int to) {
    long bytes = 4L * columns;
    for (int t = from; t < to; t++) {
      if (tokens[t] < 0) {
        values.asSlice(t * bytes, bytes).fill((byte) 0);
      } else {
        MemorySegment.copy(table, tokens[t] * bytes, values, t * bytes, bytes);
      }
    }
  }

  /**
   * {@code dTable[tokens[t]] += dy[t]}, in the order of the rows; not for tokens below 0. Threads
   * share the columns.
   */
  public void embeddingGradient(int[] tokens, Tensor dy, Tensor dTable, int rows, int columns) {
    this.tokens = tokens;
    this.values = dy.segment();
    this.table = dTable.segment();
    this.rows = rows;
    this.columns = columns;
    team.run(embeddingColumns, (columns + COLUMN_BLOCK - 1) / COLUMN_BLOCK);
  }

  private void embeddingColumns(int part) {
    int from = part * COLUMN_BLOCK;
    int width = Math.min(COLUMN_BLOCK, columns - from);
    for (int t = 0; t < rows; t++) {
      if (tokens[t] >= 0) {
        add(4L * ((long) t * columns + from), 4L * ((long) tokens[t] * columns + from), width);
      }
    }
  }

  /** {@code table[to..] += values[from..]}; offsets in bytes. */
  private void add(long from, long to, int width) {
    int bound = SPECIES.loopBound(width);
    int i = 0;
    for (; i < bound; i += LANES) {
      FloatVector.fromMemorySegment(SPECIES, table, to + 4L * i, ORDER)
          .add(FloatVector.fromMemorySegment(SPECIES, values, from + 4L * i, ORDER))
          .intoMemorySegment(table, to + 4L * i, ORDER);
    }
    for (; i < width; i++) {
      long at = to + 4L * i;
      table.set(FLOAT, at, table.get(FLOAT, at) + values.get(FLOAT, from + 4L * i));
    }
  }

  // Loss ---------------------------------------------------------------------------------------

  /** {@code losses[t] = logsumexp(logits[t]) - logits[t, targets[t]]}, 0 without a target. */
  public void crossEntropy(
      Tensor logits, int[] targets, Tensor losses, Tensor logSumExp, int rows, int vocab) {
    this.tokens = targets;
    this.values = logits.segment();
    this.losses = losses.segment();
    this.logSumExp = logSumExp.segment();
    this.columns = vocab;
    partition.run(rows, lossRows);
  }

  private void lossRows(int part, int from, int to) {
    for (int t = from; t < to; t++) {
      long row = 4L * t * columns;
      double all = logSumExp(row);
      int target = tokens[t];
      float loss = target < 0 ? 0f : (float) (all - values.get(FLOAT, row + 4L * target));
      logSumExp.set(FLOAT, 4L * t, (float) all);
      losses.set(FLOAT, 4L * t, loss);
    }
  }

  /** Block by block, with the largest value so far taken out of the sum. */
  private double logSumExp(long row) {
    float largest = Float.NEGATIVE_INFINITY;
    double sum = 0;
    for (int from = 0; from < columns; from += LOGIT_BLOCK) {
      int width = Math.min(LOGIT_BLOCK, columns - from);
      float here = largest(row + 4L * from, width);
      if (here == Float.NEGATIVE_INFINITY) {
        continue;
      }
      if (!(here <= largest)) {
        sum *= StrictMath.exp((double) largest - here);
        largest = here;
      }
      sum += sumOfExp(row + 4L * from, width, largest);
    }
    return largest + StrictMath.log(sum);
  }

  private float largest(long at, int width) {
    int bound = SPECIES.loopBound(width);
    FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i < bound; i += LANES) {
      largest = largest.max(FloatVector.fromMemorySegment(SPECIES, values, at + 4L * i, ORDER));
    }
    float result = VectorMath.max(largest);
    for (; i < width; i++) {
      result = Math.max(result, values.get(FLOAT, at + 4L * i));
    }
    return result;
  }

  private double sumOfExp(long at, int width, float largest) {
    int bound = SPECIES.loopBound(width);
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i < bound; i += LANES) {
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, values, at + 4L * i, ORDER);
      sum = sum.add(VectorMath.exp(x.sub(largest)));
    }
    double result = VectorMath.sum(sum);
    for (; i < width; i++) {
      result += VectorMath.exp(values.get(FLOAT, at + 4L * i) - largest);
    }
    return result;
  }

  /**
   * {@code dLogits[t] = scale * (softmax(logits[t]) (1 + 2 zLoss logSumExp[t]) -
   * onehot(targets[t]))}, 0 without a target.
   */
  public void crossEntropyGradient(
      Tensor logits,
      int[] targets,
      Tensor logSumExp,
      Tensor dLogits,
      float scale,
      float zLoss,
      int rows,
      int vocab) {
    this.tokens = targets;
    this.values = logits.segment();
    this.logSumExp = logSumExp.segment();
    this.gradient = dLogits.segment();
    this.scale = scale;
    this.zLoss = zLoss;
    this.columns = vocab;
    partition.run(rows, lossGradientRows);
  }

  private void lossGradientRows(int part, int from, int to) {
    for (int t = from; t < to; t++) {
      long row = 4L * t * columns;
      int target = tokens[t];
      if (target < 0) {
        gradient.asSlice(row, 4L * columns).fill((byte) 0);
      } else {
        float all = logSumExp.get(FLOAT, 4L * t);
        softmax(row, all, scale * (1 + 2 * zLoss * all));
        long at = row + 4L * target;
        gradient.set(FLOAT, at, gradient.get(FLOAT, at) - scale);
      }
    }
  }

  /** {@code factor * softmax} of a row. */
  private void softmax(long row, float all, float factor) {
    int bound = SPECIES.loopBound(columns);
    int i = 0;
    for (; i < bound; i += LANES) {
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, values, row + 4L * i, ORDER);
      VectorMath.exp(x.sub(all)).mul(factor).intoMemorySegment(gradient, row + 4L * i, ORDER);
    }
    for (; i < columns; i++) {
      float x = values.get(FLOAT, row + 4L * i);
      gradient.set(FLOAT, row + 4L * i, VectorMath.exp(x - all) * factor);
    }
  }
}
