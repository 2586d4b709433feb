package dev.swax.compiler.facts;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.ir.Wire;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.lower.Source;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.shift.ShiftShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How many tokens, the current one included, can reach an output: a window of w adds w - 1, and so
 * does a filter; of branches side by side the longest counts. Full attention and memories reach
 * everything.
 */
public final class ReceptiveField {
  private static final long EVERYTHING = Long.MAX_VALUE / (1 << 20);

  private final Architecture architecture;
  private final LoweredModel model;
  private final Map<Source, Long> exports = new LinkedHashMap<>();

  private ReceptiveField(Architecture architecture) {
    this.architecture = architecture;
    this.model = LowerModel.lower(architecture);
  }

  /** Empty where it is unbounded. */
  public static OptionalLong of(Architecture architecture) {
    var field = new ReceptiveField(architecture);
    long reach = 1;
    field.exports.put(new Source.Embedding(), reach);
    for (int layer = 0; layer < field.model.order().size(); layer++) {
      reach = field.reach(layer, reach);
    }
    return reach == EVERYTHING ? OptionalLong.empty() : OptionalLong.of(reach);
  }

  /**
   * How far back the stream after a layer sees.
   *
   * @param stream how far the stream before it does
   */
  private long reach(int layer, long stream) {
    Graph graph = model.layer(layer).graph();
    long[] reaches = new long[graph.nodes().size()];
    for (Node node : graph.nodes()) {
      long before = node.operands().stream().mapToLong(o -> reaches[o.index()]).max().orElse(0);
      long own =
          node.op() instanceof Op.Input
              ? model.between(layer, node.id()).map(exports::get).orElse(stream)
              : reach(node.op());
      reaches[node.id().index()] = Math.min(EVERYTHING, before + own);
    }
    for (String name : model.layer(layer).exports().keySet()) {
      ValueId value = graph.result(Wire.EXPORT + name);
      exports.put(new Source.Export(layer, name), reaches[value.index()]);
    }
    return reaches[graph.result("y").index()];
  }

  private long reach(Op op) {
    return switch (op) {
      case Op.Attention(var shape, _) when shape.chunk() > 0 -> shape.chunk() - 1L;
      case Op.Attention(_, int window) ->
          window < 0 ? EVERYTHING : architecture.windows().get(window).schedule().max() - 1L;
      case Op.Recurrence(ConvShape conv) -> conv.width() - 1L;
      case Op.Recurrence(ShiftShape _) -> 1;
      case Op.Recurrence _ -> EVERYTHING;
      default -> 0;
    };
  }
}
