package dev.swax.runtime.program;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The buffers of a generated program, for its constructor to ask for. */
public abstract class ProgramBuffers implements Program {
  protected final Kernels kernels;
  protected final boolean training;
  protected final Arena arena = Arena.ofShared();

  /** The most rows of a call, meta tokens included: the size of every buffer. */
  protected final int capacity;

  /** Of all texts that are evaluated side by side. */
  final KeyCaches caches;

  /** Of all texts that are evaluated side by side; while training of a call's sequences. */
  final CarriedStates states;

  /** Gradients that later layers add to before their own layer reads them. */
  private final List<Tensor> readGradients = new ArrayList<>();

  private final Tensor empty = Tensor.allocate(arena, 0);
  private final int context;
  private long bytes;

  /**
   * @param batch sequences of a call while training, else texts that are evaluated side by side
   * @param time the most tokens of a sequence in a call
   * @param meta how many meta tokens stand before each sequence
   */
  ProgramBuffers(Kernels kernels, int batch, int time, int context, boolean training, int meta) {
    if (!training && batch > time + meta) {
      throw new IllegalArgumentException(
          "%d texts side by side, but a call has %d rows".formatted(batch, time + meta));
    }
    this.kernels = kernels;
    this.context = context;
    this.training = training;
    this.capacity = (training ? batch : 1) * (time + meta);
    this.caches = new KeyCaches(arena, meta, context, time, batch);
    this.states = new CarriedStates(this::allocate, batch);
  }

  /** Zeros, {@code columns} a token. */
  protected final Tensor keep(int columns) {
    return allocate((long) columns * capacity);
  }

  /** A row of constants. */
  protected final Tensor row(float... values) {
    Tensor row = allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      row.set(i, values[i]);
    }
    return row;
  }

  /** What all layers share while evaluating; empty while training. */
  protected final Tensor shared(int columns) {
    return training ? empty : keep(columns);
  }

  /** A layer's own values while training; the shared ones while evaluating. */
  protected final Tensor kept(Tensor shared, int columns) {
    return training ? keep(columns) : shared;
  }

  /**
   * The rows that the head takes at a time, of what it reads and writes: at most so many while
   * training, all while evaluating.
   */
  protected final HeadBlocks headBlocks(int most, Tensor stream, Tensor gradient, Tensor losses) {
    return new HeadBlocks(capacity, training ? most : capacity, stream, gradient, losses);
  }

  /** The gradient of what later layers read; empty while evaluating. */
  protected final Tensor readGradient(int columns) {
    Tensor gradient = training ? keep(columns) : empty;
    readGradients.add(gradient);
    return gradient;
  }

  /** A state of a recurrence, {@code size} a sequence. */
  protected final Tensor state(int size) {
    return states.add(size);
  }

  /** A layer's own state while evaluating; scratch that all layers share while training. */
  protected final Tensor stateOf(Tensor shared) {
    return training ? shared : states.add(states.size(shared));
  }

  /** The keys, and values as wide, that a layer keeps while evaluating; null while training. */
  protected final @Nullable KeyCache keyCache(int columns) {
    return keyCache(columns, columns);
  }

  /** The keys and values that a layer keeps while evaluating; null while training. */
  protected final @Nullable KeyCache keyCache(int keyColumns, int valueColumns) {
    return training ? null : caches.add(keyColumns, valueColumns);
  }

  /** The one cache of all layers that attend to the same keys and values. */
  protected final @Nullable KeyCache keyCache(
      Tensor k, Tensor v, int keyColumns, int valueColumns) {
    return training ? null : caches.of(k, v, keyColumns, valueColumns);
  }

  /** Zeros, counted in {@link #bufferBytes}. */
  protected final Tensor allocate(long length) {
    bytes += length * Float.BYTES;
    return Tensor.allocate(arena, length);
  }

  /** Empties the gradients of what later layers read. */
  final void clearReadGradients() {
    readGradients.forEach(Tensor::clear);
  }

  /** How many past keys each attention layer keeps while evaluating. */
  protected final int context() {
    return context;
  }

  @Override
  public final long bufferBytes() {
    return bytes + caches.bytes();
  }

  @Override
  public void close() {
    arena.close();
  }
}
