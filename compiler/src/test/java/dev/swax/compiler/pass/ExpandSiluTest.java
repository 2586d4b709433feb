package dev.swax.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import org.junit.jupiter.api.Test;

class ExpandSiluTest {
  @Test
  void siluBecomesAProductWithItsGate() {
    var graph = new Graph.Builder();
    var x = graph.named("x", new Op.Input("x", TensorType.tokens(4)));
    graph.result("y", graph.add(new Op.Unary(UnaryFunction.SILU), x));
    assertThat(new ExpandSilu().run(graph.build()))
        .hasToString(
            """
            %0 x = input x : [T, 4]
            %1 = sigmoid %0 : [T, 4]
            %2 = multiply %0 %1 : [T, 4]
            return y = %2
            """);
  }

  @Test
  void leavesAloneOtherFunctions() {
    var graph = new Graph.Builder();
    var x = graph.add(new Op.Input("x", TensorType.tokens(4)));
    graph.result("y", graph.add(new Op.Unary(UnaryFunction.GELU), x));
    Graph built = graph.build();
    assertThat(new ExpandSilu().run(built)).hasToString(built.toString());
  }
}
