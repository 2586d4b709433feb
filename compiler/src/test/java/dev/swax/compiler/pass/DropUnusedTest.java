package dev.swax.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import org.junit.jupiter.api.Test;

class DropUnusedTest {
  @Test
  void whatNoResultNeedsIsDropped() {
    var graph = new Graph.Builder();
    var x = graph.named("x", new Op.Input("x", TensorType.tokens(4)));
    graph.named("unused", new Op.Unary(UnaryFunction.TANH), x);
    graph.result("y", graph.named("used", new Op.Unary(UnaryFunction.EXP), x));
    assertThat(new DropUnused().run(graph.build()))
        .hasToString(
            """
            %0 x = input x : [T, 4]
            %1 used = exp %0 : [T, 4]
            return y = %1
            """);
  }

  @Test
  void leavesAloneWhatLeadsToAResult() {
    var graph = new Graph.Builder();
    var x = graph.add(new Op.Input("x", TensorType.tokens(4)));
    graph.result("y", graph.add(new Op.Unary(UnaryFunction.TANH), x));
    graph.result("same", x);
    Graph built = graph.build();
    assertThat(new DropUnused().run(built)).hasToString(built.toString());
  }
}
