package dev.swax.runtime.testing;

import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers which token followed each token first, within the document and the last {@code window}
 * positions, and finds that one likeliest; where it remembers nothing, token 0. Solves associative
 * recall wherever its window reaches.
 */
public final class OracleProgram implements Program {
  private static final float SURE = 20;

  private final int time;
  private final int vocabulary;
  private final Tensor losses;
  private final Tensor logits;
  private final Map<Integer, int[]> followers = new LinkedHashMap<>();
  private final List<Integer> lengths = new ArrayList<>();
  private int position;
  private int before = -1;

  public OracleProgram(int time, int vocabulary) {
    this.time = time;
    this.vocabulary = vocabulary;
    this.losses = Tensor.allocate(Arena.ofAuto(), time);
    this.logits = Tensor.allocate(Arena.ofAuto(), (long) time * vocabulary);
  }

  /** The rows of all calls so far. */
  public List<Integer> lengths() {
    return List.copyOf(lengths);
  }

  @Override
  public double evaluate(Batch batch, int[] windows) {
    return walk(batch, windows[0], false);
  }

  @Override
  public double evaluateApart(Batch batch, int[] windows) {
    return walk(batch, windows[0], true);
  }

  private double walk(Batch batch, int window, boolean apart) {
    lengths.add(batch.batch() * batch.time());
    double sum = 0;
    for (int t = 0; t < batch.batch() * batch.time(); t++) {
      if (batch.documentStarts()[t] || (apart && t % batch.time() == 0)) {
        forget();
      }
      int likeliest = read(batch.tokens()[t], window);
      for (int token = 0; token < vocabulary; token++) {
        logits.set((long) t * vocabulary + token, token == likeliest ? SURE : 0);
      }
      int target = batch.targets()[t];
      double normalizer = Math.log(Math.exp(SURE) + vocabulary - 1);
      double loss = target < 0 ? 0 : normalizer - (target == likeliest ? SURE : 0);
      losses.set(t, (float) loss);
      sum += loss;
    }
    return sum;
  }

  private int read(int token, int window) {
    if (before >= 0) {
      followers.putIfAbsent(before, new int[] {token, position - 1});
    }
    int[] known = followers.get(token);
    int likeliest = known != null && position - known[1] < window ? known[0] : 0;
    before = token;
    position++;
    return likeliest;
  }

  private void forget() {
    followers.clear();
    before = -1;
    position = 0;
  }

  @Override
  public void resetState() {
    forget();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public List<String> windowNames() {
    return List.of("local");
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public int time() {
    return time;
  }

  @Override
  public Tensor losses() {
    return losses;
  }

  @Override
  public Tensor logits() {
    return logits;
  }

  @Override
  public double accumulate(Batch batch, int[] windows, double scale) {
    throw new UnsupportedOperationException("it knows all it can");
  }

  @Override
  public void update(double rate, double gradientScale, long step) {
    throw new UnsupportedOperationException("it knows all it can");
  }

  @Override
  public void clearGradients() {}

  @Override
  public double sumOfGradientSquares() {
    return 0;
  }

  @Override
  public void parametersChanged() {}

  @Override
  public void refreshParameters() {}

  @Override
  public long bufferBytes() {
    return 0;
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
  public void close() {}
}
