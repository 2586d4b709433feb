package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;

/**
 * The rows of a call, some at a time. A head over a large vocabulary takes a block of rows forward
 * and backward before the next, so that the logits of one block are all that is ever stored.
 *
 * <pre>{@code
 * head.begin(rows, targets);
 * while (head.next()) {
 *   forwardHead();
 *   backwardHead();
 * }
 * }</pre>
 */
public final class HeadBlocks {
  private final int most;
  private final Tensor[] streams;
  private final Tensor[] gradients;
  private final Tensor[] losses;
  private final int[] targets;
  private int[] allTargets = {};
  private int allRows;
  private int block;
  private int rows;

  /**
   * @param capacity the most rows of a call
   * @param most the most rows of a block
   * @param stream before the head, [capacity, width]
   * @param gradient of that, of the same size
   * @param losses [capacity]
   */
  HeadBlocks(int capacity, int most, Tensor stream, Tensor gradient, Tensor losses) {
    this.most = Math.min(capacity, most);
    this.streams = cut(capacity, stream);
    this.gradients = cut(capacity, gradient);
    this.losses = cut(capacity, losses);
    this.targets = new int[this.most];
  }

  private Tensor[] cut(int capacity, Tensor whole) {
    long columns = whole.length() / capacity;
    var blocks = new Tensor[(capacity + most - 1) / most];
    for (int i = 0; i < blocks.length; i++) {
      int from = i * most;
      blocks[i] = whole.slice(from * columns, Math.min(most, capacity - from) * columns);
    }
    return blocks;
  }

  /** The most rows of a block. */
  public int most() {
    return most;
  }

  /** Before the first block of a call. */
  public void begin(int callRows, int[] callTargets) {
    allRows = callRows;
    allTargets = callTargets;
    block = -1;
  }

  /** Goes to the next block; false where there is none. */
  public boolean next() {
    block++;
    int from = block * most;
    if (from >= allRows) {
      return false;
    }
    rows = Math.min(most, allRows - from);
    System.arraycopy(allTargets, from, targets, 0, rows);
    return true;
  }

  /** Rows of this block. */
  public int rows() {
    return rows;
  }

  /** What is to be predicted in each of its rows. */
  public int[] targets() {
    return targets;
  }

  /** Its rows of the stream before the head. */
  public Tensor stream() {
    return streams[block];
  }

  /** Their gradient. */
  public Tensor gradient() {
    return gradients[block];
  }

  /** Their losses. */
  public Tensor losses() {
    return losses[block];
  }
}
