package dev.swax.compiler.interpret;

import dev.swax.compiler.lower.LoweredModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * The mean over the tokens of a text of each value that layers give out: of a model that was
 * lowered to measure a cut, what the parameters of the cut model are set to.
 */
public final class OutputMeans {
  private final LoweredModel model;
  private final Map<String, Matrix> weights;
  private final SequencedMap<String, Matrix> sums = new LinkedHashMap<>();
  private long tokens;

  /**
   * Means of a model as it was trained.
   *
   * @param model whose layers give out what is measured
   * @param weights by full name
   */
  public OutputMeans(LoweredModel model, Map<String, Matrix> weights) {
    this.model = model;
    this.weights = weights;
  }

  /** Reads a batch too. */
  public void add(Supplier<Bindings> batch) {
    SequencedMap<String, Matrix> outputs = new ModelInterpreter(model, weights, batch).exports();
    outputs.forEach((name, output) -> {
      Matrix sum = sums.computeIfAbsent(name, _ -> Matrix.zeros(1, output.columns()));
      for (int row = 0; row < output.rows(); row++) {
        for (int column = 0; column < output.columns(); column++) {
          sum.add(0, column, output.get(row, column));
        }
      }
    });
    tokens += outputs.values().stream().mapToInt(Matrix::rows).findFirst().orElse(0);
  }

  /** Means [1, columns] over all that was read, by the full names of parameters. */
  public SequencedMap<String, Matrix> means() {
    SequencedMap<String, Matrix> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> {
      double[] values = sum.values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] /= tokens;
      }
      means.put(name, Matrix.of(1, values.length, values));
    });
    return means;
  }
}
