package dev.swax.runtime.program;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.attention.AttentionBand;
import dev.swax.runtime.kernel.attention.AttentionCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all generated programs share: the batch of the current call, the carried state and the walk
 * over the parameters. A generated class adds its layers.
 */
public abstract class ModelProgram implements Program {
  protected final Kernels kernels;
  protected final Parameters parameters;
  protected final boolean training;
  protected final Arena arena = Arena.ofShared();

  /** Of the current call. */
  protected int batch;

  /** Of the current call. */
  protected int time;

  /** How many tokens of each sequence of the current call only leave a state behind. */
  private int lead;

  /** {@code batch * time} of the current call. */
  protected int rows;

  /** The most rows of a call, meta tokens included: the size of every buffer. */
  protected final int capacity;

  /** -1 in the rows of meta tokens. */
  protected int[] tokens = {};

  protected int[] targets = {};
  protected int[] windows = {};
  protected float scale;

  private final ZLoss zLoss = new ZLoss();
  private final KeyCaches caches;
  private final CarriedStates states;

  /** Gradients that later layers add to before their own layer reads them. */
  private final List<Tensor> readGradients = new ArrayList<>();

  private final Tensor empty = Tensor.allocate(arena, 0);
  private long bytes;
  private final int maxBatch;
  private final int maxTime;
  private final int context;
  private final MetaRows meta;
  private final ParameterUpdates updates;
  private final Documents documents;
  private long position;

  /** Whether the sequences of the current call begin from the empty state and keep nothing. */
  private boolean apart;

  protected ModelProgram(
      Kernels kernels, Parameters parameters, int batch, int time, int context, boolean training) {
    this(kernels, parameters, batch, time, context, training, 0);
  }

  /**
   * A model with meta tokens.
   *
   * @param meta how many stand before each sequence
   */
  protected ModelProgram(
      Kernels kernels,
      Parameters parameters,
      int batch,
      int time,
      int context,
      boolean training,
      int meta) {
    if (!training && batch != 1) {
      throw new IllegalArgumentException("evaluation walks one sequence, not " + batch);
    }
    this.kernels = kernels;
    this.parameters = parameters;
    this.maxBatch = batch;
    this.maxTime = time;
    this.context = context;
    this.training = training;
    this.capacity = batch * (time + meta);
    this.meta = new MetaRows(meta, capacity);
    this.caches = new KeyCaches(arena, meta, context, time);
    this.states = new CarriedStates(this::allocate);
    this.updates = new ParameterUpdates(kernels, parameters);
    this.documents = new Documents(capacity);
    this.apart = training;
  }

  @Override
  public final void addZLoss(double coefficient) {
    zLoss.set(coefficient);
  }

  @Override
  public final double zLoss() {
    return zLoss.sum();
  }

  /** Tokens to losses, every layer; while training, losses may be left to {@link #backward}. */
  protected abstract void forward();

  /** Losses to gradients, every layer from the last to the first. */
  protected abstract void backward();

  // Buffers, for constructors -------------------------------------------------------------------

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
    return states.add((long) size * maxBatch);
  }

  /** A layer's own state while evaluating; scratch that all layers share while training. */
  protected final Tensor stateOf(Tensor shared) {
    return training ? shared : state((int) (shared.length() / maxBatch));
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

  // Calls --------------------------------------------------------------------------------------

  @Override
  public final double accumulate(Batch input, int[] windowValues, double lossScale) {
    if (!training) {
      throw new IllegalStateException("this program was made for evaluation");
    }
    requireFit(input);
    bind(input, windowValues);
    scale = (float) lossScale;
    zLoss.begin();
    forward();
    readGradients.forEach(Tensor::clear);
    backward();
    double sum = sumOfLosses();
    leaveTokens(losses(), input.time());
    return sum;
  }

  @Override
  public final double evaluate(Batch input, int[] windowValues) {
    requireEvaluation();
    requireFit(input);
    bind(input, windowValues);
    documents.remember();
    forward();
    documents.walked(position);
    position += time;
    return results(input);
  }

  @Override
  public final double evaluateApart(Batch input, int[] windowValues) {
    requireEvaluation();
    if ((long) input.batch() * (input.time() + meta.count()) > capacity) {
      throw misfit(input);
    }
    resetState();
    bind(input, windowValues);
    if (documents.any()) {
      throw new IllegalArgumentException("a document begins within a sequence");
    }
    apart = true;
    try {
      forward();
    } finally {
      apart = false;
    }
    return results(input);
  }

  /** The sum of the losses; brings losses and logits into the order of the tokens. */
  private double results(Batch input) {
    double sum = sumOfLosses();
    leaveTokens(losses(), input.time());
    leaveTokens(logits(), input.time());
    return sum;
  }

  /** Moves the rows of tokens to the front, where meta tokens stood before them. */
  private void leaveTokens(Tensor x, int tokens) {
    long bytes = x.length() / capacity * Float.BYTES;
    for (int b = 0; b < batch && tokens < time; b++) {
      long from = ((long) (b + 1) * time - tokens) * bytes;
      MemorySegment.copy(x.segment(), from, x.segment(), (long) b * tokens * bytes, tokens * bytes);
    }
  }

  private void requireEvaluation() {
    if (training) {
      throw new IllegalStateException("this program was made for training");
    }
  }

  private void requireFit(Batch input) {
    if (input.batch() > maxBatch || input.time() > maxTime) {
      throw misfit(input);
    }
  }

  private IllegalArgumentException misfit(Batch input) {
    return new IllegalArgumentException(
        "made for %d x %d tokens, not %d x %d"
            .formatted(maxBatch, maxTime, input.batch(), input.time()));
  }

  private void bind(Batch input, int[] windowValues) {
    if (windowValues.length != windowNames().size()) {
      throw new IllegalArgumentException(
          "%d windows for %s".formatted(windowValues.length, windowNames()));
    }
    Batch all = meta.with(input, training || position == 0);
    batch = all.batch();
    time = all.time();
    lead = all.lead();
    rows = batch * time;
    tokens = all.tokens();
    targets = all.targets();
    windows = windowValues;
    documents.bind(all);
  }

  /** Position of the first token of this call in its text; for rotary angles. */
  protected final long firstPosition() {
    return apart ? 0 : position;
  }

  /** Which meta token each row of this call is; -1 for a row of text. */
  protected final int[] metaRows() {
    return meta.numbers();
  }

  /** How many tokens of its document stand before each token, from 0 again after so many. */
  protected final int[] positions(int count) {
    return documents.positions(position, rows, count);
  }

  /** The keys that a window of the model sees; -1 is full attention. */
  private int window(int index) {
    return index < 0 ? Integer.MAX_VALUE : windows[index];
  }

  /** What a query of this call sees of the call's own keys. */
  protected final AttentionBand band(int index) {
    long first = training || apart ? 0 : documents.inDocument(position);
    int anchor = Math.min(meta.count(), time); // of a call that goes on, the cache has them
    return new AttentionBand(batch, time, 0, window(index), documents.firstKeys(), first, anchor);
  }

  /** Attention over this call's keys and, while evaluating, those that the cache kept. */
  protected final void attend(AttentionCall call, @Nullable KeyCache cache) {
    kernels.attention(
        cache == null || apart ? call : KeyCaches.withPast(call, cache, documents, position));
  }

  /**
   * A recurrence over this call, from and into its states; from empty ones where sequences are
   * apart.
   */
  protected final void recur(
      RecurrenceShape shape, List<Tensor> operands, List<Tensor> results, List<Tensor> states) {
    List<Tensor> own = apart && !training ? this.states.spares(states, batch) : states;
    var call = new RecurrenceCall(shape, operands, results, own, batch, time, documents.resets());
    if (apart) {
      for (Tensor state : own) {
        state.clear();
      }
    }
    if (!apart && time == 1) {
      kernels.recurrenceByToken(call);
    } else {
      kernels.recurrence(call);
    }
  }

  /** The gradients of a recurrence over this call that began with empty states. */
  protected final void recurGradient(
      RecurrenceShape shape,
      List<Tensor> operands,
      List<Tensor> results,
      Tensor dy,
      List<Tensor> gradients) {
    var forward =
        new RecurrenceCall(shape, operands, results, List.of(), batch, time, documents.resets());
    kernels.recurrenceGradient(new RecurrenceGradientCall(forward, dy, gradients, List.of()));
    if (lead > 0) {
      stopGradients(shape, gradients);
    }
  }

  /** The gradients of tokens that only left a state behind are 0. */
  private void stopGradients(RecurrenceShape shape, List<Tensor> gradients) {
    for (int i = 0; i < gradients.size(); i++) {
      String operand = shape.operands().get(i);
      int columns = shape.columns(operand);
      for (int b = 0; b < batch && !shape.parameters().contains(operand); b++) {
        gradients.get(i).slice((long) b * time * columns, (long) lead * columns).clear();
      }
    }
  }

  /** The gradient of the loss, and of the z-loss where there is one. dLogits may be logits. */
  protected final void lossGradient(
      Tensor logits, Tensor logSumExp, Tensor dLogits, int vocabulary) {
    lossGradient(logits, targets, logSumExp, dLogits, rows, vocabulary);
  }

  /** The same of some rows. */
  protected final void lossGradient(
      Tensor logits,
      int[] rowTargets,
      Tensor logSumExp,
      Tensor dLogits,
      int rowCount,
      int vocabulary) {
    zLoss.add(logSumExp, rowTargets, rowCount);
    float coefficient = (float) zLoss.coefficient();
    kernels.crossEntropyGradient(
        logits, rowTargets, logSumExp, dLogits, scale, coefficient, rowCount, vocabulary);
  }

  /** How many tokens of this call are predicted, times what the loss of each counts. */
  protected final double predicted() {
    int count = 0;
    for (int row = 0; row < rows; row++) {
      count += targets[row] < 0 ? 0 : 1;
    }
    return (double) scale * count;
  }

  private double sumOfLosses() {
    double sum = 0;
    Tensor losses = losses();
    for (int row = 0; row < rows; row++) {
      sum += losses.get(row);
    }
    return sum;
  }

  @Override
  public final List<Parameter> parameters() {
    return parameters.all();
  }

  @Override
  public final int batch() {
    return maxBatch;
  }

  @Override
  public final int time() {
    return maxTime;
  }

  @Override
  public final int metaTokens() {
    return meta.count();
  }

  /** How many past keys each attention layer keeps while evaluating. */
  protected final int context() {
    return context;
  }

  @Override
  public final void resetState() {
    position = 0;
    documents.forget();
    caches.clear();
    states.clear();
  }

  @Override
  public final void clearGradients() {
    updates.clearGradients();
  }

  @Override
  public final double sumOfGradientSquares() {
    return updates.sumOfGradientSquares();
  }

  @Override
  public final void update(List<UpdateRule> rules, double rate, double gradientScale, long step) {
    updates.update(rules, rate, gradientScale, step);
  }

  /** Nothing: this program computes on the parameters themselves. */
  @Override
  public final void parametersChanged() {}

  /** Nothing: this program computes on the parameters themselves. */
  @Override
  public final void refreshParameters() {}

  @Override
  public final long bufferBytes() {
    return bytes + caches.bytes();
  }

  @Override
  public void close() {
    arena.close();
  }
}
