package dev.swax.runtime.program;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.attention.AttentionBand;
import dev.swax.runtime.kernel.attention.AttentionCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
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

  /** {@code batch * time} of the current call. */
  protected int rows;

  /** The most rows of a call: the size of every buffer. */
  protected final int capacity;

  protected int[] tokens = {};
  protected int[] targets = {};
  protected int[] windows = {};
  protected float scale;

  /** What the squared logarithm of the sum of a token's exponentials counts beside its loss. */
  private double zLoss;

  private double sumOfZLosses;

  private final List<KeyCache> caches = new ArrayList<>();
  private final List<SharedCache> sharedCaches = new ArrayList<>();
  private final List<Tensor> states = new ArrayList<>();

  /** Gradients that later layers add to before their own layer reads them. */
  private final List<Tensor> readGradients = new ArrayList<>();

  private final Tensor empty = Tensor.allocate(arena, 0);
  private long bytes;
  private final int maxBatch;
  private final int maxTime;
  private final int context;
  private final Documents documents;
  private long position;

  /** Whether the sequences of the current call begin from the empty state and keep nothing. */
  private boolean apart;

  /** States of all sequences of an evaluation apart. */
  private final List<Tensor> spareStates = new ArrayList<>();

  protected ModelProgram(
      Kernels kernels, Parameters parameters, int batch, int time, int context, boolean training) {
    if (!training && batch != 1) {
      throw new IllegalArgumentException("evaluation walks one sequence, not " + batch);
    }
    this.kernels = kernels;
    this.parameters = parameters;
    this.maxBatch = batch;
    this.maxTime = time;
    this.context = context;
    this.training = training;
    this.capacity = batch * time;
    this.documents = new Documents(capacity);
    this.apart = training;
  }

  @Override
  public final void addZLoss(double coefficient) {
    zLoss = coefficient;
  }

  @Override
  public final double zLoss() {
    return sumOfZLosses;
  }

  /** Tokens to losses, every layer. */
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

  /** The gradient of what later layers read; empty while evaluating. */
  protected final Tensor readGradient(int columns) {
    Tensor gradient = training ? keep(columns) : empty;
    readGradients.add(gradient);
    return gradient;
  }

  /** A state of a recurrence, {@code size} a sequence. */
  protected final Tensor state(int size) {
    Tensor state = allocate((long) size * maxBatch);
    states.add(state);
    return state;
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
    if (training) {
      return null;
    }
    var cache = new KeyCache(arena, keyColumns, valueColumns, context, maxTime);
    bytes += KeyCache.bytes(keyColumns, valueColumns, context, maxTime);
    caches.add(cache);
    return cache;
  }

  /** The one cache of all layers that attend to the same keys and values. */
  protected final @Nullable KeyCache keyCache(
      Tensor k, Tensor v, int keyColumns, int valueColumns) {
    for (SharedCache shared : sharedCaches) {
      if (shared.k == k && shared.v == v) {
        return shared.cache;
      }
    }
    KeyCache cache = keyCache(keyColumns, valueColumns);
    if (cache != null) {
      sharedCaches.add(new SharedCache(k, v, cache));
    }
    return cache;
  }

  private record SharedCache(Tensor k, Tensor v, KeyCache cache) {}

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
    forward();
    double sum = sumOfLosses();
    readGradients.forEach(Tensor::clear);
    backward();
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
    return sumOfLosses();
  }

  @Override
  public final double evaluateApart(Batch input, int[] windowValues) {
    requireEvaluation();
    if ((long) input.batch() * input.time() > capacity) {
      throw misfit(input);
    }
    bind(input, windowValues);
    if (documents.any()) {
      throw new IllegalArgumentException("a document begins within a sequence");
    }
    resetState();
    apart = true;
    try {
      forward();
    } finally {
      apart = false;
    }
    return sumOfLosses();
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
    batch = input.batch();
    time = input.time();
    rows = batch * time;
    tokens = input.tokens();
    targets = input.targets();
    windows = windowValues;
    documents.bind(input);
  }

  /** Position of the first token of this call in its text; for rotary angles. */
  protected final long firstPosition() {
    return apart ? 0 : position;
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
    return new AttentionBand(batch, time, 0, window(index), documents.firstKeys(), first);
  }

  /** Attention over this call's keys and, while evaluating, those that the cache kept. */
  protected final void attend(AttentionCall call, @Nullable KeyCache cache) {
    kernels.attention(cache == null || apart ? call : withPast(call, cache));
  }

  private AttentionCall withPast(AttentionCall call, KeyCache cache) {
    int window = call.band().window();
    int chunk = call.shape().chunk();
    boolean full = window == Integer.MAX_VALUE && chunk == 0;
    if (!full) {
      cache.require(chunk == 0 ? window : Math.min(window, chunk));
    }
    cache.append(call.k(), call.v(), time, position);
    if (full && documents.goesOn()) {
      cache.requireWholeDocument();
    }
    var band =
        new AttentionBand(
            1, time, cache.past(), window, documents.firstKeys(cache), call.band().position());
    return new AttentionCall(
        call.shape(),
        band,
        call.q(),
        cache.keys(),
        cache.values(),
        call.sinks(),
        call.y(),
        call.logSumExp());
  }

  /**
   * A recurrence over this call, from and into its states; from empty ones where sequences are
   * apart.
   */
  protected final void recur(
      RecurrenceShape shape, List<Tensor> operands, List<Tensor> results, List<Tensor> states) {
    List<Tensor> own = apart && !training ? spares(states) : states;
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
  }

  /** States for the sequences of this call, beside those that are carried. */
  private List<Tensor> spares(List<Tensor> states) {
    for (int i = 0; i < states.size(); i++) {
      if (i == spareStates.size()) {
        spareStates.add(empty);
      }
      spareStates.set(i, atLeast(spareStates.get(i), states.get(i).length() * batch));
    }
    return spareStates.subList(0, states.size());
  }

  private Tensor atLeast(Tensor tensor, long length) {
    return tensor.length() < length ? allocate(length) : tensor;
  }

  /** The gradient of the loss, and of the z-loss where there is one. dLogits may be logits. */
  protected final void lossGradient(
      Tensor logits, Tensor logSumExp, Tensor dLogits, int vocabulary) {
    double squares = 0;
    for (int row = 0; row < rows && zLoss > 0; row++) {
      double all = targets[row] < 0 ? 0 : logSumExp.get(row);
      squares += all * all;
    }
    sumOfZLosses = zLoss * squares;
    kernels.crossEntropyGradient(
        logits, targets, logSumExp, dLogits, scale, (float) zLoss, rows, vocabulary);
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

  /** How many past keys each attention layer keeps while evaluating. */
  protected final int context() {
    return context;
  }

  @Override
  public final void resetState() {
    position = 0;
    documents.forget();
    caches.forEach(KeyCache::clear);
    states.forEach(Tensor::clear);
  }

  @Override
  public final void clearGradients() {
    for (Parameter parameter : parameters.all()) {
      parameter.gradient().clear();
    }
  }

  @Override
  public final double sumOfGradientSquares() {
    double sum = 0;
    for (Parameter parameter : parameters.all()) {
      sum += kernels.sumOfSquares(parameter.gradient());
    }
    return sum;
  }

  @Override
  public final void update(List<UpdateRule> rules, double rate, double gradientScale, long step) {
    List<Parameter> all = parameters.all();
    for (int i = 0; i < all.size(); i++) {
      Parameter p = all.get(i);
      ParameterSpec spec = p.spec();
      switch (rules.get(i)) {
        case UpdateRule.ByAdamW rule ->
            kernels.adamw(
                p.value(),
                p.gradient(),
                p.first(),
                p.second(),
                rule.step(rate, gradientScale, step));
        case UpdateRule.ByMuon rule ->
            kernels.muon(
                p.value(),
                p.gradient(),
                p.first(),
                spec.matrices(),
                spec.rows() / spec.matrices(),
                spec.columns(),
                rule.step(rate, gradientScale));
      }
    }
  }

  /** Nothing: this program computes on the parameters themselves. */
  @Override
  public final void parametersChanged() {}

  /** Nothing: this program computes on the parameters themselves. */
  @Override
  public final void refreshParameters() {}

  @Override
  public final long bufferBytes() {
    return bytes;
  }

  @Override
  public void close() {
    arena.close();
  }
}
