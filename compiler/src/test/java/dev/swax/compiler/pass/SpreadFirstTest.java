package dev.swax.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import org.junit.jupiter.api.Test;

class SpreadFirstTest {
  @Test
  void aFunctionOfARowIsTakenAfterTheSpread() {
    var graph = new Graph.Builder();
    var p = graph.named("p", new Op.Parameter("p", TensorType.fixed(1, 4)));
    var gate = graph.named("gate", new Op.Unary(UnaryFunction.SOFTPLUS), p);
    graph.result("y", graph.add(new Op.SpreadRow(), gate));
    assertThat(new DropUnused().run(new SpreadFirst().run(graph.build())))
        .hasToString(
            """
            %0 p = parameter p : [1, 4]
            %1 = spread_row %0 : [T, 4]
            %2 gate = softplus %1 : [T, 4]
            return y = %2
            """);
  }

  @Test
  void bothSidesOfAFunctionOfTwoRowsAreSpread() {
    var graph = new Graph.Builder();
    var p = graph.add(new Op.Parameter("p", TensorType.fixed(1, 4)));
    var q = graph.add(new Op.Parameter("q", TensorType.fixed(1, 4)));
    var two = graph.add(new Op.Constant(2));
    var scaled = graph.add(new Op.Binary(BinaryFunction.MULTIPLY), q, two);
    var sum = graph.add(new Op.Binary(BinaryFunction.ADD), p, scaled);
    graph.result("y", graph.add(new Op.SpreadRow(), sum));
    assertThat(new DropUnused().run(new SpreadFirst().run(graph.build())))
        .hasToString(
            """
            %0 = parameter p : [1, 4]
            %1 = parameter q : [1, 4]
            %2 = constant 2.0 : [1, 1]
            %3 = spread_row %0 : [T, 4]
            %4 = spread_row %1 : [T, 4]
            %5 = multiply %4 %2 : [T, 4]
            %6 = add %3 %5 : [T, 4]
            return y = %6
            """);
  }

  @Test
  void leavesAloneSpreadsOfParametersAndConstants() {
    var graph = new Graph.Builder();
    var p = graph.add(new Op.Parameter("p", TensorType.fixed(1, 4)));
    graph.result("y", graph.add(new Op.SpreadRow(), p));
    graph.result("one", graph.add(new Op.SpreadRow(), graph.add(new Op.Constant(1))));
    Graph built = graph.build();
    assertThat(new SpreadFirst().run(built)).hasToString(built.toString());
  }
}
