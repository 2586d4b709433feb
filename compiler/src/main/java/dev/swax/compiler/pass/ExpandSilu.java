package dev.swax.compiler.pass;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import java.util.Optional;

/**
 * Spells out functions whose gradient needs the same exponential, so that it is taken once. Runs
 * before differentiation.
 *
 * <ul>
 *   <li>{@code silu(x)} becomes {@code x * sigmoid(x)}
 * </ul>
 */
public final class ExpandSilu implements Pass {

  @Override
  public Graph run(Graph graph) {
    return Rewriter.rewrite(
        graph,
        (node, out) -> {
          if (!node.op().equals(new Op.Unary(UnaryFunction.SILU))) {
            return Optional.empty();
          }
          ValueId x = node.operand(0);
          ValueId gate = out.add(new Op.Unary(UnaryFunction.SIGMOID), x);
          return Optional.of(out.add(new Op.Binary(BinaryFunction.MULTIPLY), x, gate));
        });
  }
}
