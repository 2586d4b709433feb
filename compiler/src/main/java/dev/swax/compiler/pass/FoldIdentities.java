package dev.swax.compiler.pass;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import java.util.Optional;

/**
 * Removes operations that cannot change their input, and does arithmetic on constants now.
 *
 * <ul>
 *   <li>{@code x * 1} and {@code 1 * x} become {@code x}
 *   <li>{@code x / 1} becomes {@code x}
 *   <li>{@code x + 0} and {@code 0 + x} become {@code x} (so {@code -0.0 + 0} stays {@code -0.0})
 *   <li>{@code x - 0} becomes {@code x}
 *   <li>{@code -(-x)} becomes {@code x}
 *   <li>{@code (x * c) * d} becomes {@code x * (c d)}
 *   <li>{@code f(c)} and {@code f(c, d)} become their values
 *   <li>a row of one constant becomes the constant
 *   <li>spreading a group over its own width becomes the group
 *   <li>summing groups of width one becomes their columns
 * </ul>
 */
public final class FoldIdentities implements Pass {

  @Override
  public Graph run(Graph graph) {
    return Rewriter.rewrite(graph, FoldIdentities::fold);
  }

  private static Optional<ValueId> fold(Node node, Graph.Builder out) {
    return switch (node.op()) {
      case Op.Binary(var function) -> {
        Optional<ValueId> folded = constants(function, node, out);
        yield folded.isPresent() ? folded : binary(function, node, out);
      }
      case Op.ConstantRow(var values) when values.size() == 1 ->
          Optional.of(out.add(new Op.Constant(values.getFirst())));
      case Op.Unary(var function)
          when out.node(node.operand(0)).op() instanceof Op.Constant(double value) ->
          Optional.of(out.add(new Op.Constant(function.of(value))));
      case Op.Unary(var function)
          when function == UnaryFunction.NEGATE
              && out.node(node.operand(0)) instanceof Node inner
              && inner.op().equals(new Op.Unary(UnaryFunction.NEGATE)) ->
          Optional.of(inner.operand(0));
      case Op.SpreadGroups(int columns) when out.type(node.operand(0)).columns() == columns ->
          Optional.of(node.operand(0));
      case Op.SumGroups(int groups) when out.type(node.operand(0)).columns() == groups ->
          Optional.of(node.operand(0));
      default -> Optional.empty();
    };
  }

  private static Optional<ValueId> binary(BinaryFunction function, Node node, Graph.Builder out) {
    ValueId a = node.operand(0);
    ValueId b = node.operand(1);
    return switch (function) {
      case MULTIPLY -> {
        if (is(b, 1, out)) {
          yield Optional.of(a);
        }
        if (is(a, 1, out)) {
          yield Optional.of(b);
        }
        yield scaleOfScale(a, b, out).or(() -> scaleOfScale(b, a, out));
      }
      case DIVIDE -> is(b, 1, out) ? Optional.of(a) : Optional.empty();
      case ADD ->
          is(b, 0, out) ? Optional.of(a) : is(a, 0, out) ? Optional.of(b) : Optional.empty();
      case SUBTRACT -> is(b, 0, out) ? Optional.of(a) : Optional.empty();
      case MAXIMUM, MINIMUM, GREATER -> Optional.empty();
    };
  }

  /** {@code (x * c) * d}, with d the constant operand. */
  private static Optional<ValueId> scaleOfScale(ValueId scaled, ValueId d, Graph.Builder out) {
    if (!(out.node(d).op() instanceof Op.Constant(double outer))) {
      return Optional.empty();
    }
    Node inner = out.node(scaled);
    if (!inner.op().equals(new Op.Binary(BinaryFunction.MULTIPLY))) {
      return Optional.empty();
    }
    for (int side = 0; side < 2; side++) {
      if (out.node(inner.operand(side)).op() instanceof Op.Constant(double value)) {
        ValueId product = out.add(new Op.Constant(value * outer));
        return Optional.of(
            out.add(new Op.Binary(BinaryFunction.MULTIPLY), inner.operand(1 - side), product));
      }
    }
    return Optional.empty();
  }

  private static Optional<ValueId> constants(
      BinaryFunction function, Node node, Graph.Builder out) {
    if (out.node(node.operand(0)).op() instanceof Op.Constant(double a)
        && out.node(node.operand(1)).op() instanceof Op.Constant(double b)) {
      return Optional.of(out.add(new Op.Constant(function.of(a, b))));
    }
    return Optional.empty();
  }

  private static boolean is(ValueId id, double wanted, Graph.Builder out) {
    return out.node(id).op() instanceof Op.Constant(double value) && value == wanted;
  }
}
