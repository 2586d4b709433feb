package dev.swax.compiler.interpret;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.LoweredModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * What memories hold after some sequences, and how near attention looks while they are read, from
 * the values of every node of every layer.
 */
public final class PathwayMeter {
  /** The norm of the state of a head after the last token. */
  public static final String STATE = "state";

  /** The share of attention on the most recent keys. */
  public static final String RECENT = "recent";

  private final LoweredModel model;
  private final int recent;
  private final SequencedMap<String, Mean> means = new LinkedHashMap<>();

  /**
   * @param model as it was lowered, nothing cut
   * @param recent how many keys are the most recent, a token itself among them
   */
  public PathwayMeter(LoweredModel model, int recent) {
    this.model = model;
    this.recent = recent;
    List.of(STATE, RECENT).forEach(name -> means.put(name, new Mean()));
  }

  /**
   * Reads a batch too.
   *
   * @param weights by full name
   */
  public void add(Map<String, Matrix> weights, Supplier<Bindings> batch) {
    Bindings rows = model.meta() == 0 ? batch.get() : batch.get().withMeta(model.meta());
    List<Evaluation> layers = new ModelInterpreter(model, weights, batch).evaluations();
    for (int layer = 0; layer < layers.size(); layer++) {
      for (Node node : model.layer(layer).graph().nodes()) {
        List<Matrix> operands = node.operands().stream().map(layers.get(layer)::value).toList();
        add(layer, node.op(), operands, rows);
      }
    }
  }

  private void add(int layer, Op op, List<Matrix> operands, Bindings rows) {
    switch (op) {
      case Op.Recurrence(var shape) ->
          add(
              STATE,
              layer,
              Recurrences.of(shape).stateNorm(new RecurrenceValues(shape, operands, rows)));
      case Op.Attention(var shape, int window) ->
          add(
              RECENT,
              layer,
              new InterpretAttention(shape, rows.window(window), operands, rows)
                  .recentShare(recent));
      default -> {}
    }
  }

  private void add(String name, int layer, OptionalDouble value) {
    value.ifPresent(found -> {
      String own = "layers.%d.%s".formatted(layer, name);
      for (String key : List.of(name, own)) {
        means.computeIfAbsent(key, _ -> new Mean()).add(found);
      }
    });
  }

  /** Means over all that was read: over all layers, then layer by layer, each where it is known. */
  public SequencedMap<String, Double> means() {
    SequencedMap<String, Double> found = new LinkedHashMap<>();
    means.forEach((name, mean) -> {
      if (mean.count > 0) {
        found.put(name, mean.sum / mean.count);
      }
    });
    return found;
  }

  private static final class Mean {
    private double sum;
    private long count;

    private void add(double value) {
      sum += value;
      count++;
    }
  }
}
