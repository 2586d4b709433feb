package dev.swax.runtime.kernel.matrix;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the memory that is running, for all its parts. One object serves every call, so
 * that calls allocate nothing. A family adds its gates.
 */
public abstract class MatrixCall {
  protected static final Tensor NOTHING = Tensor.allocate(Arena.global(), 0);

  /** Tokens between two states that are kept: a multiple of every vector length. */
  public static final int CHUNK = 64;

  public Tensor q = NOTHING;
  public Tensor k = NOTHING;
  public Tensor v = NOTHING;
  public Tensor y = NOTHING;
  public @Nullable Tensor state;
  public Tensor dy = NOTHING;
  public Tensor dq = NOTHING;
  public Tensor dk = NOTHING;
  public Tensor dv = NOTHING;
  public @Nullable Tensor dState;
  public MatrixShape shape;
  public int time;
  private int batch;
  private boolean @Nullable [] resets;

  protected MatrixCall(MatrixShape shape) {
    this.shape = shape;
  }

  public final void bind(RecurrenceCall of) {
    shape = (MatrixShape) of.shape();
    batch = of.batch();
    time = of.time();
    resets = of.resets();
    q = of.operand("q");
    k = of.operand("k");
    v = of.operand("v");
    y = of.result("y");
    state = of.stateOrNull("state");
    bindGates(of);
  }

  public final void bind(RecurrenceGradientCall of) {
    bind(of.forward());
    dy = of.dy();
    dq = of.gradient("q");
    dk = of.gradient("k");
    dv = of.gradient("v");
    dState = of.dStateOrNull("state");
    bindGates(of);
  }

  /** The operands that only this family has. */
  protected abstract void bindGates(RecurrenceCall of);

  /** Their gradients. */
  protected abstract void bindGates(RecurrenceGradientCall of);

  public static int chunks(int time) {
    return (time + CHUNK - 1) / CHUNK;
  }

  public final int chunks() {
    return chunks(time);
  }

  /** Heads of all sequences. */
  public final int heads() {
    return batch * shape.heads();
  }

  /** Parts are chunks of heads; heads of the same tokens follow one another in memory. */
  public final int headOf(int part) {
    return part / shape.heads() / chunks() * shape.heads() + part % shape.heads();
  }

  public final int chunkOf(int part) {
    return part / shape.heads() % chunks();
  }

  /** The number of token t of a head (of all sequences) among the tokens of all heads. */
  public final long at(int head, int t) {
    return ((long) (head / shape.heads()) * time + t) * shape.heads() + head % shape.heads();
  }

  public final boolean resetsBefore(int head, int t) {
    return resets != null && resets[head / shape.heads() * time + t];
  }

  public final long keyStride() {
    return (long) shape.heads() * shape.keyWidth();
  }

  public final long valueStride() {
    return (long) shape.heads() * shape.valueWidth();
  }

  /** Floats of the tile of a state. */
  public static int stateTile(MatrixShape shape) {
    return TileProduct.padRows(shape.keyWidth()) * TileProduct.padColumns(shape.valueWidth());
  }

  /** Copies the state of a head into a tile; none is zero. */
  public final void load(@Nullable Tensor from, int head, float[] to, int at) {
    int rows = shape.keyWidth();
    int columns = shape.valueWidth();
    int stride = TileProduct.padColumns(columns);
    if (from == null) {
      Arrays.fill(to, at, at + rows * stride, 0);
    } else {
      long first = (long) head * rows * columns;
      TileCopy.load(from, first, columns, rows, columns, 1f, to, at, stride);
    }
  }

  /** The opposite of {@link #load}. */
  public final void store(float[] from, int at, Tensor to, int head) {
    int rows = shape.keyWidth();
    int columns = shape.valueWidth();
    int stride = TileProduct.padColumns(columns);
    long first = (long) head * rows * columns;
    TileCopy.store(from, at, stride, rows, columns, 1f, false, to, first, columns);
  }

  /** {@link #load} into a slot of pages. */
  public final void load(@Nullable Tensor from, int head, TilePages to, int slot) {
    load(from, head, to.values(head, slot), to.at(head, slot));
  }

  /** The states of all heads that are in a slot of pages; not wanted where there is no tensor. */
  public final void storeAll(TilePages from, int slot, @Nullable Tensor to) {
    for (int head = 0; head < heads() && to != null; head++) {
      store(from.values(head, slot), from.at(head, slot), to, head);
    }
  }
}
