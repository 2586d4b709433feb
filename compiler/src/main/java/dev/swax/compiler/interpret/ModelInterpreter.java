package dev.swax.compiler.interpret;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Wire;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.lower.LoweredModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
   * @param batch fresh bindings with tokens, targets, document starts and windows; meta tokens are
   *     put before them
   */
  public ModelInterpreter(
      LoweredModel model, Map<String, Matrix> parameters, Supplier<Bindings> batch) {
    this.model = model;
    this.parameters = parameters;
    int meta = model.meta();
    this.batch = meta == 0 ? batch : () -> batch.get().withMeta(meta);
  }

  /**
   * What comes out for each token.
   *
   * @param losses [T, 1]
   * @param logits [T, vocabulary]
   */
  public record Outcome(Matrix losses, Matrix logits) {}

  /** The losses and logits. */
  public Outcome forward() {
    Bindings head = bind(model.head(), "").value("x", layers().stream.getLast());
    Evaluation ends = run(model.head(), head);
    return new Outcome(
        head.withoutMeta(ends.result("losses")), head.withoutMeta(ends.result("logits")));
  }

  /** What layers give out to later ones or to be measured [T, columns], by full name. */
  public SequencedMap<String, Matrix> exports() {
    Bindings rows = batch.get();
    var exports = new LinkedHashMap<String, Matrix>();
    List<Evaluation> evaluations = layers().evaluations;
    for (int layer = 0; layer < evaluations.size(); layer++) {
      String prefix = prefix(layer);
      evaluations
          .get(layer)
          .results()
          .forEach((name, value) -> {
            if (name.startsWith(Wire.EXPORT)) {
              exports.put(prefix + name.substring(Wire.EXPORT.length()), rows.withoutMeta(value));
            }
          });
    }
    return exports;
  }

  /** The values of every node of each layer. */
  List<Evaluation> evaluations() {
    return layers().evaluations;
  }

  /**
   * What is minimised: {@code scale * sum of losses}, and what keeps experts in balance. Its
   * gradients are {@link #gradients}, as long as no token goes to other experts.
   */
  public double objective(double scale) {
    Forward forward = layers();
    Bindings head = bind(model.head(), "").value("x", forward.stream.getLast());
    double sum = 0;
    for (double loss : run(model.head(), head).result("losses").values()) {
      sum += loss;
    }
    for (double balance : forward.balances) {
      sum += balance;
    }
    return scale * sum;
  }

  /**
   * What layers left behind.
   *
   * @param stream before each layer, and after the last
   * @param balances what keeps the experts of each layer in balance
   * @param evaluations of the graph of each layer
   */
  private record Forward(
      List<Matrix> stream, LayerReads reads, List<Double> balances, List<Evaluation> evaluations) {}

  private Forward layers() {
    Matrix x = run(model.embed(), bind(model.embed(), "")).result("y");
    var forward =
        new Forward(
            new ArrayList<>(List.of(x)),
            new LayerReads(model, x),
            new ArrayList<>(),
            new ArrayList<>());
    for (int layer = 0; layer < model.order().size(); layer++) {
      Bindings bindings = bind(layer, forward);
      Graph graph = model.layer(layer).graph();
      Evaluation results = Interpreter.run(graph, bindings);
      forward.balances.add(InterpretExperts.balance(graph, results, bindings));
      forward.reads.add(layer, results.results());
      forward.evaluations.add(results);
      forward.stream.add(results.result("y"));
    }
    return forward;
  }

  /** The layer's weights, the stream before it and what it reads. */
  private Bindings bind(int layer, Forward forward) {
    Bindings bindings = bind(model.layer(layer), prefix(layer));
    return forward.reads.bind(layer, bindings.value("x", forward.stream.get(layer)));
  }

  /**
   * The gradient of {@code scale * sum of losses} with respect to every parameter, by full name.
   */
  public SequencedMap<String, Matrix> gradients(double scale) {
    Forward forward = layers();
    var gradients = new LinkedHashMap<String, Matrix>();
    Bindings head = bind(model.head(), "").value("x", forward.stream.getLast()).lossScale(scale);
    Matrix dy = gradient(backward(model.head(), head, "", gradients));
    for (int layer = model.order().size() - 1; layer >= 0; layer--) {
      Bindings bindings = bind(layer, forward).value(Gradient.OUTPUT, dy).lossScale(scale);
      forward.reads.bindGradients(layer, bindings);
      var results = backward(model.layer(layer), bindings, prefix(layer), gradients);
      forward.reads.addGradients(layer, results);
      dy = gradient(results);
    }
    Bindings embed = bind(model.embed(), "").value(Gradient.OUTPUT, dy);
    backward(model.embed(), forward.reads.bindEmbedding(embed), "", gradients);
    return gradients;
  }

  /** Of a block's input; nothing where it has none. */
  private static Matrix gradient(Map<String, Matrix> results) {
    return results.getOrDefault(Gradient.INPUT, Matrix.zeros(0, 0));
  }

  /** Adds the gradients of a block's parameters; returns all results. */
  private static Map<String, Matrix> backward(
      Block block, Bindings bindings, String prefix, Map<String, Matrix> gradients) {
    var results = Interpreter.run(Gradient.of(block.graph()), bindings).results();
    Map<String, String> names = new LinkedHashMap<>();
    block.parameters().forEach(p -> names.put(p.name(), p.fullName(prefix)));
    for (var result : results.entrySet()) {
      if (result.getKey().startsWith(Gradient.PARAMETER)) {
        String name = result.getKey().substring(Gradient.PARAMETER.length());
        int copy = name.indexOf('#');
        String full = names.get(copy < 0 ? name : name.substring(0, copy));
        gradients.merge(Objects.requireNonNull(full), result.getValue(), ModelInterpreter::sum);
      }
    }
    return results;
  }

  private static Evaluation run(Block block, Bindings bindings) {
    return Interpreter.run(block.graph(), bindings);
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
      String full = parameter.fullName(prefix);
      Matrix value = parameters.get(full);
      if (value == null) {
        throw new IllegalArgumentException("no value for " + full);
      }
      bindings.value(parameter.name(), value);
    }
    return bindings;
  }

  private static String prefix(int layer) {
    return "layers." + layer + ".";
  }
}
