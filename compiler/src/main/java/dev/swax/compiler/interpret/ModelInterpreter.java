package dev.swax.compiler.interpret;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.lower.LoweredModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * Evaluates a whole model in double, block by block, from the graphs as lowering left them: the
 * meaning that a generated program is checked against.
 */
public final class ModelInterpreter {
  private final LoweredModel model;
  private final Map<String, Matrix> parameters;
  private final Supplier<Bindings> batch;

  /**
   * @param parameters by full name, as in checkpoints
   * @param batch fresh bindings with tokens, targets, document starts and windows
   */
  public ModelInterpreter(
      LoweredModel model, Map<String, Matrix> parameters, Supplier<Bindings> batch) {
    this.model = model;
    this.parameters = parameters;
    this.batch = batch;
  }

  /** Losses [T, 1] and logits [T, vocabulary]. */
  public Evaluation forward() {
    Matrix x = Interpreter.run(model.embed().graph(), bind(model.embed(), "")).result("y");
    for (int layer = 0; layer < model.order().size(); layer++) {
      Block kind = model.kinds().get(model.order().get(layer));
      x = Interpreter.run(kind.graph(), bind(kind, prefix(layer)).value("x", x)).result("y");
    }
    return Interpreter.run(model.head().graph(), bind(model.head(), "").value("x", x));
  }

  /**
   * The gradient of {@code scale * sum of losses} with respect to every parameter, by full name.
   */
  public SequencedMap<String, Matrix> gradients(double scale) {
    var inputs = new ArrayList<Matrix>();
    inputs.add(Interpreter.run(model.embed().graph(), bind(model.embed(), "")).result("y"));
    List<Integer> order = model.order();
    for (int layer = 0; layer < order.size(); layer++) {
      Block kind = model.kinds().get(order.get(layer));
      inputs.add(
          Interpreter.run(kind.graph(), bind(kind, prefix(layer)).value("x", inputs.get(layer)))
              .result("y"));
    }
    var gradients = new LinkedHashMap<String, Matrix>();
    Matrix dy =
        backward(
            model.head(),
            bind(model.head(), "").value("x", inputs.getLast()).lossScale(scale),
            "",
            gradients);
    for (int layer = order.size() - 1; layer >= 0; layer--) {
      Block kind = model.kinds().get(order.get(layer));
      Bindings bindings = bind(kind, prefix(layer)).value("x", inputs.get(layer)).value("dy", dy);
      dy = backward(kind, bindings, prefix(layer), gradients);
    }
    backward(model.embed(), bind(model.embed(), "").value("dy", dy), "", gradients);
    return gradients;
  }

  /** Adds the gradients of a block's parameters; returns that of its input, or none of it. */
  private static Matrix backward(
      Block block, Bindings bindings, String prefix, Map<String, Matrix> gradients) {
    Matrix dx = Matrix.zeros(0, 0);
    var results = Interpreter.run(Gradient.of(block.graph()), bindings).results();
    for (var result : results.entrySet()) {
      if (result.getKey().equals(Gradient.INPUT)) {
        dx = result.getValue();
      }
      if (result.getKey().startsWith(Gradient.PARAMETER)) {
        String name = result.getKey().substring(Gradient.PARAMETER.length());
        int copy = name.indexOf('#');
        String full = prefix + (copy < 0 ? name : name.substring(0, copy));
        gradients.merge(full, result.getValue(), ModelInterpreter::sum);
      }
    }
    return dx;
  }

  private static Matrix sum(Matrix a, Matrix b) {
    Matrix sum = a.copy();
    for (int i = 0; i < sum.values().length; i++) {
      sum.values()[i] += b.values()[i];
    }
    return sum;
  }

  private Bindings bind(Block block, String prefix) {
    Bindings bindings = batch.get();
    for (BlockParameter parameter : block.parameters()) {
      Matrix value = parameters.get(prefix + parameter.name());
      if (value == null) {
        throw new IllegalArgumentException("no value for " + prefix + parameter.name());
      }
      bindings.value(parameter.name(), value);
    }
    return bindings;
  }

  private static String prefix(int layer) {
    return "layers." + layer + ".";
  }
}
