package dev.swax.compiler.pass;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes equal things once.
 *
 * <p>A node with the op and operands of an earlier one becomes the earlier one.
 */
public final class ShareCommon implements Pass {
  private record Key(Op op, List<ValueId> operands) {}

  @Override
  public Graph run(Graph graph) {
    Map<Key, ValueId> known = new LinkedHashMap<>();
    return Rewriter.rewrite(
        graph,
        (node, out) -> {
          var key = new Key(node.op(), node.operands());
          ValueId earlier = known.get(key);
          if (earlier == null) {
            earlier = out.add(node.op(), node.operands(), node.name());
            known.put(key, earlier);
          }
          return Optional.of(earlier);
        });
  }
}
