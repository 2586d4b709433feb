package dev.swax.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import org.junit.jupiter.api.Test;

class ShareCommonTest {
  @Test
  void equalNodesAreComputedOnce() {
    var graph = new Graph.Builder();
    var x = graph.named("x", new Op.Input("x", TensorType.tokens(4)));
    var first = graph.named("first", new Op.Unary(UnaryFunction.TANH), x);
    var second = graph.named("second", new Op.Unary(UnaryFunction.TANH), x);
    graph.result("y", graph.add(new Op.Binary(BinaryFunction.ADD), first, second));
    assertThat(new ShareCommon().run(graph.build()))
        .hasToString(
            """
            %0 x = input x : [T, 4]
            %1 first = tanh %0 : [T, 4]
            %2 = add %1 %1 : [T, 4]
            return y = %2
            """);
  }

  @Test
  void leavesAloneNodesThatDifferInOneAttribute() {
    var graph = new Graph.Builder();
    var x = graph.add(new Op.Input("x", TensorType.tokens(4)));
    var two = graph.add(new Op.SumGroups(2), x);
    var four = graph.add(new Op.SumGroups(1), x);
    graph.result("two", two);
    graph.result("four", four);
    Graph built = graph.build();
    assertThat(new ShareCommon().run(built)).hasToString(built.toString());
  }
}
