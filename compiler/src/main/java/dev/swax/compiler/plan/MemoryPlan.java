package dev.swax.compiler.plan;

import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.row.RowPartition;

/**
 * The memory of a program in bytes, known before anything is allocated: the same sums as in the
 * constructor of the generated class.
 *
 * @param parameters weights; while training also gradients and the two moments
 * @param activations the residual stream and what is kept for the backward pass
 * @param scratch shared by all layers
 * @param states of recurrences
 * @param logits with the losses
 * @param workspace of kernels, shared by all layers: states between chunks and their gradients
 * @param evaluated logits of the program that evaluates beside it, where a vocabulary is large
 */
public record MemoryPlan(
    long parameters,
    long activations,
    long scratch,
    long states,
    long logits,
    long workspace,
    long evaluated) {

  /**
   * What a Java process that trains holds beside all of this, in bytes: heap, compiled code and
   * their compiler. Measured; text of more than some tens of megabytes comes on top.
   */
  public static final long PROCESS = 340L << 20;

  /** Bytes that a process gets from another at a time. */
  private static final long EXCHANGED = 4 << 20;

  /** Logits that an evaluation stores at most, unless these are of few tokens. */
  private static final int MOST_LOGITS = 1 << 25;

  private static final int FEW_TOKENS = 512;
  private static final int MOST_TOKENS = 4096;

  /** The most tokens that an evaluation takes at once: it stores the logits of all of them. */
  public static int evaluatedAtOnce(int vocabulary) {
    return Math.clamp(MOST_LOGITS / vocabulary, FEW_TOKENS, MOST_TOKENS);
  }

  /** Of a training program with {@code batch} sequences of {@code tokens} tokens at once. */
  public static MemoryPlan training(ModelPlan plan, int batch, int tokens) {
    var model = plan.model();
    int time = tokens + model.architecture().options().meta();
    long rows = (long) batch * time;
    int width = model.architecture().width();
    int vocabulary = model.architecture().vocabulary();
    long saved = (long) (model.order().size() + 1 + 2) * width; // stream, and its gradient twice
    for (int kind : model.order()) {
      saved += plan.kinds().get(kind).savedColumns();
    }
    for (int layer = 0; layer < model.order().size(); layer++) {
      saved += 2L * model.layer(layer).exports().values().stream().mapToInt(c -> c).sum();
    }
    saved += model.readsEmbedding() ? width : 0;
    saved += plan.embed().savedColumns();
    long headRows = plan.headRows(rows);
    long partials =
        (long) plan.partials() * RowPartition.mostParts((int) rows) * plan.partialColumns();
    long states = 0;
    long workspace = 0;
    for (BlockPlan kind : plan.kinds()) {
      for (RecurrenceShape shape : kind.recurrences()) {
        workspace = Math.max(workspace, shape.workspace(batch, time));
        states += (long) batch * shape.states().stream().mapToLong(shape::columns).sum();
      }
    }
    return new MemoryPlan(
        4 * bytes(model.parameterCount()),
        bytes(saved * rows + plan.head().savedColumns() * headRows),
        bytes(plan.scratch(rows) + width * rows + partials + plan.constants()),
        bytes(states),
        bytes(vocabulary * headRows + rows),
        bytes(workspace),
        plan.hasHeadBlocks() ? bytes((long) vocabulary * evaluatedAtOnce(vocabulary)) : 0);
  }

  /**
   * Of each of the processes that share a training, which sum gradients in so many lanes: sums that
   * wait for others, a share of the moments, and what comes from other processes at a time.
   */
  public MemoryPlan shared(int lanes, int processes) {
    long weights = parameters / 4;
    long waiting = Integer.numberOfTrailingZeros(lanes / processes);
    long share = (weights + processes - 1) / processes;
    long exchanged = processes == 1 ? 0 : processes * Math.min(EXCHANGED, share);
    return new MemoryPlan(
        weights * (2 + waiting) + 2 * share + exchanged,
        activations,
        scratch,
        states,
        logits,
        workspace,
        evaluated);
  }

  /** Everything that a training process holds at its peak. */
  public long process() {
    return total() + PROCESS;
  }

  /** Everything that a program, its parameters and its kernels hold. */
  public long total() {
    return parameters + activations + scratch + states + logits + workspace + evaluated;
  }

  /** What {@code Program.bufferBytes} reports. */
  public long buffers() {
    return total() - parameters - workspace - evaluated;
  }

  private static long bytes(long floats) {
    return floats * Float.BYTES;
  }
}
