package dev.swax.compiler.facts;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.shift.ShiftShape;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many tokens, the current one included, can reach an output: a window of w adds w - 1, and so
 * does a filter; of branches side by side the longest counts. Full attention and memories reach
 * everything.
 */
public final class ReceptiveField {
  private static final long EVERYTHING = Long.MAX_VALUE / (1 << 20);

  private final Architecture architecture;

  private ReceptiveField(Architecture architecture) {
    this.architecture = architecture;
  }

  /** Empty where it is unbounded. */
  public static OptionalLong of(Architecture architecture) {
    LoweredModel lowered = LowerModel.lower(architecture);
    var field = new ReceptiveField(architecture);
    List<Long> kinds = lowered.kinds().stream().map(field::reach).toList();
    long reach = 1;
    for (int kind : lowered.order()) {
      reach = Math.min(EVERYTHING, reach + kinds.get(kind));
    }
    return reach == EVERYTHING ? OptionalLong.empty() : OptionalLong.of(reach);
  }

  /** How far back one layer looks. */
  private long reach(Block block) {
    Graph graph = block.graph();
    long[] reaches = new long[graph.nodes().size()];
    for (Node node : graph.nodes()) {
      long before = node.operands().stream().mapToLong(o -> reaches[o.index()]).max().orElse(0);
      reaches[node.id().index()] = Math.min(EVERYTHING, before + reach(node.op()));
    }
    return graph.results().values().stream().mapToLong(r -> reaches[r.index()]).max().orElse(0);
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
