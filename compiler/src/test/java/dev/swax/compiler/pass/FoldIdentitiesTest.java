package dev.swax.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldIdentitiesTest {
  private final Graph.Builder graph = new Graph.Builder();
  private final ValueId x = graph.named("x", new Op.Input("x", TensorType.tokens(4)));

  @Test
  void timesOneIsDropped() {
    requireX(binary(BinaryFunction.MULTIPLY, x, constant(1)));
    requireX(binary(BinaryFunction.MULTIPLY, constant(1), x));
  }

  @Test
  void dividedByOneIsDropped() {
    requireX(binary(BinaryFunction.DIVIDE, x, constant(1)));
  }

  @Test
  void plusZeroIsDropped() {
    requireX(binary(BinaryFunction.ADD, x, constant(0)));
    requireX(binary(BinaryFunction.ADD, constant(0), x));
  }

  @Test
  void minusZeroIsDropped() {
    requireX(binary(BinaryFunction.SUBTRACT, x, constant(0)));
  }

  @Test
  void twoMinusesAreNone() {
    requireX(unary(UnaryFunction.NEGATE, unary(UnaryFunction.NEGATE, x)));
  }

  @Test
  void twoFactorsBecomeOne() {
    ValueId scaled = binary(BinaryFunction.MULTIPLY, constant(3), x);
    graph.result("y", binary(BinaryFunction.MULTIPLY, scaled, constant(2)));
    assertThat(folded())
        .hasToString(
            """
            %0 x = input x : [T, 4]
            %1 = constant 6.0 : [1, 1]
            %2 = multiply %0 %1 : [T, 4]
            return y = %2
            """);
  }

  @Test
  void functionsOfConstantsBecomeTheirValues() {
    ValueId sum = binary(BinaryFunction.ADD, constant(7), unary(UnaryFunction.SQUARE, constant(3)));
    graph.result("y", binary(BinaryFunction.MAXIMUM, x, sum));
    assertThat(folded())
        .hasToString(
            """
            %0 x = input x : [T, 4]
            %1 = constant 16.0 : [1, 1]
            %2 = maximum %0 %1 : [T, 4]
            return y = %2
            """);
  }

  @Test
  void aRowOfOneConstantIsTheConstant() {
    graph.result(
        "y", binary(BinaryFunction.MULTIPLY, x, graph.add(new Op.ConstantRow(List.of(0.5)))));
    assertThat(folded())
        .hasToString(
            """
            %0 x = input x : [T, 4]
            %1 = constant 0.5 : [1, 1]
            %2 = multiply %0 %1 : [T, 4]
            return y = %2
            """);
  }

  @Test
  void spreadingOverTheOwnWidthIsDropped() {
    requireX(graph.add(new Op.SpreadGroups(4), x));
  }

  @Test
  void summingGroupsOfOneColumnIsDropped() {
    requireX(graph.add(new Op.SumGroups(4), x));
  }

  @Test
  void leavesAloneWhatLooksSimilar() {
    graph.result("halves", binary(BinaryFunction.SUBTRACT, constant(0), x));
    graph.result("inverse", binary(BinaryFunction.DIVIDE, constant(1), x));
    graph.result("power", binary(BinaryFunction.MAXIMUM, x, constant(1)));
    graph.result("row", graph.add(new Op.ConstantRow(List.of(1.0, 1.0))));
    graph.result("sum", graph.add(new Op.SumGroups(2), x));
    Graph built = graph.build();
    assertThat(new FoldIdentities().run(built)).hasToString(built.toString());
  }

  private void requireX(ValueId value) {
    graph.result("y", value);
    assertThat(folded())
        .hasToString(
            """
            %0 x = input x : [T, 4]
            return y = %0
            """);
  }

  private Graph folded() {
    return new DropUnused().run(new FoldIdentities().run(graph.build()));
  }

  private ValueId constant(double value) {
    return graph.add(new Op.Constant(value));
  }

  private ValueId unary(UnaryFunction function, ValueId operand) {
    return graph.add(new Op.Unary(function), operand);
  }

  private ValueId binary(BinaryFunction function, ValueId left, ValueId right) {
    return graph.add(new Op.Binary(function), left, right);
  }
}
