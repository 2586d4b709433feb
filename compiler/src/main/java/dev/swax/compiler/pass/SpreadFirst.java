package dev.swax.compiler.pass;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Moves arithmetic on parameters behind the spread over tokens, where it is fused with what uses it
 * and its gradient needs no kernel of its own. Runs before differentiation.
 *
 * <ul>
 *   <li>{@code spread_row(f(p))} becomes {@code f(spread_row(p))}
 *   <li>{@code spread_row(f(p, q))} becomes {@code f(spread_row(p), spread_row(q))}
 * </ul>
 */
public final class SpreadFirst implements Pass {

  @Override
  public Graph run(Graph graph) {
    return Rewriter.rewrite(graph, SpreadFirst::move);
  }

  private static Optional<ValueId> move(Node node, Graph.Builder out) {
    return node.op() instanceof Op.SpreadRow spread
        ? Optional.of(spread(spread, node.operand(0), out))
        : Optional.empty();
  }

  private static ValueId spread(Op.SpreadRow spread, ValueId row, Graph.Builder out) {
    Node source = out.node(row);
    boolean elementwise = source.op() instanceof Op.Unary || source.op() instanceof Op.Binary;
    if (!elementwise || source.operands().stream().allMatch(o -> isNumber(o, source, out))) {
      return out.add(spread, row);
    }
    var operands = new ArrayList<ValueId>();
    source
        .operands()
        .forEach(o -> operands.add(isNumber(o, source, out) ? o : spread(spread, o, out)));
    return out.add(source.op(), operands, source.name());
  }

  /** One number for all of a row: it needs no spread. */
  private static boolean isNumber(ValueId id, Node user, Graph.Builder out) {
    return out.node(id).op() instanceof Op.Constant
        || (out.type(id).isScalar() && !user.type().isScalar());
  }
}
