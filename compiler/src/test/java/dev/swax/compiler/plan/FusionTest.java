package dev.swax.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
  private final Graph.Builder graph = new Graph.Builder();
  private final ValueId x = graph.add(new Op.Input("x", TensorType.tokens(8)));

  @Test
  void aChainOfFunctionsIsOneKernel() {
    graph.result("y", unary(UnaryFunction.EXP, unary(UnaryFunction.TANH, x)));
    assertThat(steps()).containsExactly("8/1: %1 %2 -> %2");
  }

  @Test
  void aNormIsOneKernelWithItsSumInTheRow() {
    ValueId sum = graph.add(new Op.SumGroups(2), unary(UnaryFunction.SQUARE, x));
    ValueId spread = graph.add(new Op.SpreadGroups(8), unary(UnaryFunction.RECIPROCAL_SQRT, sum));
    graph.result("y", binary(BinaryFunction.MULTIPLY, x, spread));
    assertThat(steps()).containsExactly("8/2: %1 %2 %3 %5 -> %5");
  }

  @Test
  void heavyOpsSeparateKernels() {
    ValueId before = unary(UnaryFunction.TANH, x);
    ValueId weight = graph.add(new Op.Parameter("w", TensorType.fixed(8, 8)));
    ValueId product = graph.add(new Op.MatMul(false, false), before, weight);
    graph.result("y", unary(UnaryFunction.EXP, product));
    assertThat(steps()).containsExactly("8/1: %1 -> %1", "call %3", "8/1: %4 -> %4");
  }

  @Test
  void twoFunctionsOfTheSameRowsAreOneKernel() {
    graph.result("y", unary(UnaryFunction.TANH, x));
    graph.result("z", unary(UnaryFunction.EXP, x));
    assertThat(steps()).containsExactly("8/1: %1 %2 -> %1 %2");
  }

  @Test
  void rowsOfOtherWidthsAreAnotherKernel() {
    ValueId narrow = graph.add(new Op.SumGroups(4), x);
    ValueId other = graph.add(new Op.SumGroups(2), x);
    graph.result("y", narrow);
    graph.result("z", other);
    assertThat(steps()).containsExactly("8/4: %1 -> %1", "8/2: %2 -> %2");
  }

  @Test
  void aKernelDoesNotWaitForOneThatWaitsForIt() {
    // The last kernel reads what the first computes, but has to wait for the one between them.
    ValueId t = unary(UnaryFunction.TANH, x);
    ValueId wide = graph.add(new Op.SpreadGroups(16), t);
    ValueId doubled = binary(BinaryFunction.ADD, wide, wide);
    ValueId back = graph.add(new Op.SumGroups(4), doubled);
    ValueId spread = graph.add(new Op.SpreadGroups(8), back);
    graph.result("y", binary(BinaryFunction.MULTIPLY, t, spread));
    List<Step> steps = Fusion.steps(graph.build(), "k");
    assertThat(steps.stream().map(FusionTest::describe))
        .containsExactly("16/8: %1 %3 -> %1 %3", "16/4: %4 -> %4", "8/4: %6 -> %6");
  }

  @Test
  void aSpreadThatAProductReadsIsWritten() {
    ValueId row = graph.add(new Op.Parameter("p", TensorType.fixed(1, 8)));
    ValueId spread = graph.add(new Op.SpreadRow(), row);
    ValueId weight = graph.add(new Op.Parameter("w", TensorType.fixed(8, 8)));
    graph.result("y", graph.add(new Op.MatMul(false, false), spread, weight));
    assertThat(steps()).containsExactly("8/1: %2 -> %2", "call %4");
  }

  private List<String> steps() {
    return Fusion.steps(graph.build(), "k").stream().map(FusionTest::describe).toList();
  }

  /** {@code 8/2: members -> outputs}: columns and groups of a kernel. */
  private static String describe(Step step) {
    return switch (step) {
      case Step.Call(var node) -> "call " + node.id();
      case Step.Fused(var kernel) ->
          "%d/%d: %s -> %s"
              .formatted(
                  kernel.columns(), kernel.groups(), ids(kernel.members()), ids(kernel.outputs()));
    };
  }

  private static String ids(List<ValueId> ids) {
    return String.join(" ", ids.stream().map(ValueId::toString).toList());
  }

  private ValueId unary(UnaryFunction function, ValueId operand) {
    return graph.add(new Op.Unary(function), operand);
  }

  private ValueId binary(BinaryFunction function, ValueId left, ValueId right) {
    return graph.add(new Op.Binary(function), left, right);
  }
}
