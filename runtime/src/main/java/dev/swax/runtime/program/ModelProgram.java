package dev.swax.runtime.program;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * What all generated programs share: the calls, the loss and the walk over the parameters. A
 * generated class adds its layers.
 */
public abstract class ModelProgram extends LayerProgram {
  protected final Parameters parameters;
  protected float scale;

  private final ZLoss zLoss = new ZLoss();
  private final int maxBatch;
  private final int maxTime;
  private final ParameterUpdates updates;

  protected ModelProgram(
      Kernels kernels, Parameters parameters, int batch, int time, int context, boolean training) {
    this(kernels, parameters, batch, time, context, training, 0);
  }

  /**
   * A model with meta tokens.
   *
   * @param batch sequences of a call while training, else texts that are evaluated side by side
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
    super(kernels, batch, time, context, training, meta);
    this.parameters = parameters;
    this.maxBatch = training ? batch : 1;
    this.maxTime = time;
    this.updates = new ParameterUpdates(kernels, parameters);
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

  // Calls --------------------------------------------------------------------------------------

  @Override
  public final double accumulate(Batch input, int[] windowValues, double lossScale) {
    if (!training) {
      throw new IllegalStateException("this program was made for evaluation");
    }
    requireFit(input);
    bind(input, windowValues, true);
    scale = (float) lossScale;
    zLoss.begin();
    forward();
    clearReadGradients();
    backward();
    double sum = sumOfLosses();
    leaveTokens(losses(), input.time());
    return sum;
  }

  @Override
  public final double evaluate(Batch input, int[] windowValues) {
    requireEvaluation();
    requireFit(input);
    bind(input, windowValues, false);
    documents().remember();
    forward();
    walked();
    return results(input);
  }

  @Override
  public final double evaluateApart(Batch input, int[] windowValues) {
    requireEvaluation();
    if ((long) input.batch() * (input.time() + metaTokens()) > capacity) {
      throw misfit(input);
    }
    resetState();
    bind(input, windowValues, true);
    if (documents().any()) {
      throw new IllegalArgumentException("a document begins within a sequence");
    }
    forward();
    return results(input);
  }

  @Override
  public final void step(int[] next, int[] windowValues) {
    requireEvaluation();
    if (next.length == 0 || next.length > texts()) {
      throw new IllegalArgumentException("%d tokens for %d texts".formatted(next.length, texts()));
    }
    // Fewer rows might be computed another way, and every number of texts has the same bits.
    Batch input = Batch.allocate(Math.max(next.length, Math.min(FEWEST_ROWS, capacity)), 1);
    System.arraycopy(next, 0, input.tokens(), 0, next.length);
    Arrays.fill(input.targets(), -1);
    bindStep(input, next.length, windowValues);
    forward();
    stepped();
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
}
