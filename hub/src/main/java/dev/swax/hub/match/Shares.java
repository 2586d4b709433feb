package dev.swax.hub.match;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import java.util.Optional;

/**
 * What the experts of a token weigh.
 *
 * @param normalized whether they are divided by their sum
 * @param corrected whether a learnt row is added to the scores that choose
 */
public record Shares(double scale, boolean normalized, boolean corrected) {
  /** Those of a layer with experts. */
  public static Optional<Shares> of(Walk walk) {
    Optional<Node> chosen = walk.first(node -> node.op() instanceof Op.Experts(ExpertOp.Choose _));
    return walk.first(node -> node.op() instanceof Op.Experts(ExpertOp.Combine _))
        .map(node -> walk.operand(node, 2))
        .map(weights ->
            new Shares(
                walk.factor(weights),
                walk.nearest(weights, Shares::isQuotient).isPresent(),
                chosen.filter(choose -> walk.isBiased(walk.operand(choose, 0))).isPresent()));
  }

  private static boolean isQuotient(Node node) {
    return node.op().equals(new Op.Binary(BinaryFunction.DIVIDE));
  }
}
