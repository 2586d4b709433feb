package dev.swax.runtime.testing;

import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Initializer;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;

/**
 * A byte model with a window, in plain loops: {@code h[t] = sum of 2^-j E[x[t - j]]} over the last
 * w tokens of the document, {@code logits[t] = h[t] W + b}.
 */
public final class BagProgram implements Program {
  public static final int VOCABULARY = 256;
  public static final int MAX_WINDOW = 8;
  private static final int WIDTH = 6;

  private final int batch;
  private final int time;
  private final Parameter embedding;
  private final Parameter head;
  private final Parameter bias;
  private final Tensor losses;
  private final Tensor logits;
  private final int[][] history;
  private final int[] historyLength;
  private int updates;
  private final double[] hidden = new double[WIDTH];
  private final double[] probabilities = new double[VOCABULARY];

  private BagProgram(int batch, int time, List<Parameter> parameters) {
    this.batch = batch;
    this.time = time;
    this.embedding = parameters.get(0);
    this.head = parameters.get(1);
    this.bias = parameters.get(2);
    this.losses = Tensor.allocate(Arena.ofAuto(), (long) batch * time);
    this.logits = Tensor.allocate(Arena.ofAuto(), (long) batch * time * VOCABULARY);
    this.history = new int[batch][MAX_WINDOW];
    this.historyLength = new int[batch];
  }

  /** With parameters of its own, all zero. */
  public static BagProgram create(int batch, int time) {
    return new BagProgram(
        batch,
        time,
        List.of(
            parameter("embedding", VOCABULARY, WIDTH, 0.3, true),
            parameter("head", WIDTH, VOCABULARY, 0.3, true),
            parameter("bias", 1, VOCABULARY, 0, false)));
  }

  /** The same model at another size. */
  public BagProgram resized(int otherBatch, int otherTime) {
    return new BagProgram(otherBatch, otherTime, parameters());
  }

  private static Parameter parameter(
      String name, int rows, int columns, double deviation, boolean decayed) {
    var spec = new ParameterSpec(name, rows, columns, new Initializer.Normal(deviation), decayed);
    return new Parameter(spec, tensor(spec), tensor(spec), tensor(spec), tensor(spec));
  }

  private static Tensor tensor(ParameterSpec spec) {
    return Tensor.allocate(Arena.ofAuto(), spec.size());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(embedding, head, bias);
  }

  @Override
  public List<String> windowNames() {
    return List.of("local");
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int time() {
    return time;
  }

  @Override
  public double accumulate(Batch data, int[] windows, double scale) {
    resetState();
    return walk(data, windows[0], scale, true);
  }

  @Override
  public double evaluate(Batch data, int[] windows) {
    return walk(data, windows[0], 0, false);
  }

  @Override
  public double evaluateApart(Batch data, int[] windows) {
    Batch one = Batch.allocate(1, data.batch() * data.time());
    System.arraycopy(data.tokens(), 0, one.tokens(), 0, one.time());
    System.arraycopy(data.targets(), 0, one.targets(), 0, one.time());
    for (int t = 0; t < one.time(); t += data.time()) {
      one.documentStarts()[t] = true;
    }
    return walk(one, windows[0], 0, false);
  }

  private double walk(Batch data, int window, double scale, boolean train) {
    double sum = 0;
    for (int row = 0; row < batch; row++) {
      for (int t = row * data.time(); t < (row + 1) * data.time(); t++) {
        push(row, data.tokens()[t], data.documentStarts()[t]);
        int seen = Math.min(window, historyLength[row]);
        sum += token(row, seen, t, data.targets()[t]);
        if (train && data.targets()[t] >= 0) {
          backward(row, seen, data.targets()[t], (float) scale);
        }
      }
    }
    return sum;
  }

  private void push(int row, int token, boolean start) {
    System.arraycopy(history[row], 0, history[row], 1, MAX_WINDOW - 1);
    history[row][0] = token;
    historyLength[row] = start ? 1 : Math.min(MAX_WINDOW, historyLength[row] + 1);
  }

  private double token(int row, int seen, int t, int target) {
    for (int i = 0; i < WIDTH; i++) {
      hidden[i] = 0;
      for (int j = 0; j < seen; j++) {
        hidden[i] += embedding.value().get((long) history[row][j] * WIDTH + i) / (1 << j);
      }
    }
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < VOCABULARY; c++) {
      double logit = bias.value().get(c);
      for (int i = 0; i < WIDTH; i++) {
        logit += hidden[i] * head.value().get((long) i * VOCABULARY + c);
      }
      probabilities[c] = logit;
      logits.set((long) t * VOCABULARY + c, (float) logit);
      highest = Math.max(highest, logit);
    }
    double sum = 0;
    double wanted = target < 0 ? 0 : probabilities[target];
    for (int c = 0; c < VOCABULARY; c++) {
      probabilities[c] = StrictMath.exp(probabilities[c] - highest);
      sum += probabilities[c];
    }
    for (int c = 0; c < VOCABULARY; c++) {
      probabilities[c] /= sum;
    }
    double loss = target < 0 ? 0 : StrictMath.log(sum) + highest - wanted;
    losses.set(t, (float) loss);
    return loss;
  }

  private void backward(int row, int seen, int target, float scale) {
    probabilities[target] -= 1;
    for (int i = 0; i < WIDTH; i++) {
      double dHidden = 0;
      for (int c = 0; c < VOCABULARY; c++) {
        long at = (long) i * VOCABULARY + c;
        add(head.gradient(), at, scale * probabilities[c] * hidden[i]);
        dHidden += probabilities[c] * head.value().get(at);
      }
      for (int j = 0; j < seen; j++) {
        long at = (long) history[row][j] * WIDTH + i;
        add(embedding.gradient(), at, scale * dHidden / (1 << j));
      }
    }
    for (int c = 0; c < VOCABULARY; c++) {
      add(bias.gradient(), c, scale * probabilities[c]);
    }
  }

  private static void add(Tensor tensor, long at, double value) {
    tensor.set(at, (float) (tensor.get(at) + value));
  }

  /** How often {@link #update} was called. */
  public int updates() {
    return updates;
  }

  /** Σ g², in order. */
  @Override
  public double sumOfGradientSquares() {
    double sum = 0;
    for (Parameter parameter : parameters()) {
      for (long i = 0; i < parameter.gradient().length(); i++) {
        sum += (double) parameter.gradient().get(i) * parameter.gradient().get(i);
      }
    }
    return sum;
  }

  @Override
  public void parametersChanged() {}

  @Override
  public void refreshParameters() {}

  @Override
  public void resetState() {
    Arrays.fill(historyLength, 0);
  }

  @Override
  public Tensor losses() {
    return losses;
  }

  @Override
  public Tensor logits() {
    return logits;
  }

  /** AdamW with betas 0.9 and 0.95, epsilon 1e-8, decay 0.1. */
  @Override
  public void update(double rate, double gradientScale, long step) {
    updates++;
    double correction1 = 1 - StrictMath.pow(0.9, step);
    double correction2 = 1 - StrictMath.pow(0.95, step);
    for (Parameter p : parameters()) {
      double decay = p.spec().decayed() ? 0.1 : 0;
      for (long i = 0; i < p.spec().size(); i++) {
        double g = p.gradient().get(i) * gradientScale;
        p.first().set(i, (float) (0.9 * p.first().get(i) + 0.1 * g));
        p.second().set(i, (float) (0.95 * p.second().get(i) + 0.05 * g * g));
        double direction =
            p.first().get(i) / correction1 / (Math.sqrt(p.second().get(i) / correction2) + 1e-8);
        double w = p.value().get(i);
        p.value().set(i, (float) (w - rate * (direction + decay * w)));
      }
    }
  }

  @Override
  public void clearGradients() {
    parameters().forEach(p -> p.gradient().clear());
  }

  @Override
  public long bufferBytes() {
    return (losses.length() + logits.length()) * Float.BYTES;
  }

  @Override
  public void addZLoss(double coefficient) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double zLoss() {
    return 0;
  }

  @Override
  public void update(List<UpdateRule> rules, double rate, double gradientScale, long step) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    // memory goes with the garbage collector
  }
}
