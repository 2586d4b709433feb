package dev.swax.compiler.facts;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.lower.Source;
import dev.swax.compiler.model.Architecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one sequence keeps between tokens: the states of its cells and the keys and values, those of
 * meta tokens included. Keys and values that several layers attend to are kept once.
 */
public final class StateSize {
  private StateSize() {}

  /** Bytes, after a sequence of that length, each window at its largest. */
  public static long bytes(Architecture architecture, int sequence) {
    LoweredModel model = LowerModel.lower(architecture);
    Map<List<Source>, Long> shared = new LinkedHashMap<>();
    long own = 0;
    for (int layer = 0; layer < model.order().size(); layer++) {
      for (Node node : model.layer(layer).graph().nodes()) {
        long numbers = numbers(node.op(), architecture, sequence);
        List<Source> kept = kept(model, layer, node);
        if (kept.size() == 2) {
          shared.merge(kept, numbers, Math::max);
        } else {
          own += numbers;
        }
      }
    }
    return Float.BYTES * (own + shared.values().stream().mapToLong(n -> n).sum());
  }

  /** The keys and the values of an attention, as far as other layers know them. */
  private static List<Source> kept(LoweredModel model, int layer, Node node) {
    return node.op() instanceof Op.Attention
        ? Stream.of(1, 2).flatMap(i -> model.between(layer, node.operand(i)).stream()).toList()
        : List.of();
  }

  private static long numbers(Op op, Architecture architecture, int sequence) {
    return switch (op) {
      case Op.Attention attention ->
          (long) attention.shape().keyHeads()
              * (attention.shape().headWidth() + attention.shape().valueWidth())
              * (architecture.options().meta() + keys(attention, architecture, sequence));
      case Op.Recurrence recurrence -> recurrence.shape().stateNumbers();
      default -> 0;
    };
  }

  private static int keys(Op.Attention attention, Architecture architecture, int sequence) {
    int chunk = attention.shape().chunk();
    if (chunk > 0) {
      return Math.min(sequence, chunk);
    }
    return attention.window() < 0
        ? sequence
        : Math.min(sequence, architecture.windows().get(attention.window()).schedule().max());
  }
}
