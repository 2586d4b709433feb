package dev.swax.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import org.junit.jupiter.api.Test;

class AddIntoMatMulTest {
  private final Graph.Builder graph = new Graph.Builder();
  private final ValueId x = graph.named("x", new Op.Input("x", TensorType.tokens(4)));

  @Test
  void theSecondProductAddsIntoTheFirst() {
    graph.result("y", sum(product("a", false), product("b", true)));
    assertThat(rewritten())
        .hasToString(
            """
            %0 x = input x : [T, 4]
            %1 = parameter a : [4, 4]
            %2 = matmul %0 %1 : [T, 4]
            %3 = parameter b : [4, 4]
            %4 = matmul_add(right transposed) %2 %0 %3 : [T, 4]
            return y = %4
            """);
  }

  @Test
  void aThirdProductAddsIntoTheSum() {
    ValueId two = sum(product("a", false), product("b", false));
    graph.result("y", sum(product("c", false), two));
    assertThat(rewritten())
        .hasToString(
            """
            %0 x = input x : [T, 4]
            %1 = parameter a : [4, 4]
            %2 = matmul %0 %1 : [T, 4]
            %3 = parameter b : [4, 4]
            %4 = matmul_add %2 %0 %3 : [T, 4]
            %5 = parameter c : [4, 4]
            %6 = matmul_add %4 %0 %5 : [T, 4]
            return y = %6
            """);
  }

  @Test
  void leavesAloneProductsThatAreUsedElsewhere() {
    ValueId used = product("a", false);
    graph.result("product", used);
    graph.result("y", sum(used, product("b", false)));
    Graph built = graph.build();
    assertThat(new AddIntoMatMul().run(built)).hasToString(built.toString());
  }

  @Test
  void leavesAloneSumsWithSomethingElse() {
    graph.result("y", sum(x, product("a", false)));
    Graph built = graph.build();
    assertThat(new AddIntoMatMul().run(built)).hasToString(built.toString());
  }

  private Graph rewritten() {
    return new DropUnused().run(new AddIntoMatMul().run(graph.build()));
  }

  private ValueId product(String name, boolean transposed) {
    ValueId weight = graph.add(new Op.Parameter(name, TensorType.fixed(4, 4)));
    return graph.add(new Op.MatMul(false, transposed), x, weight);
  }

  private ValueId sum(ValueId a, ValueId b) {
    return graph.add(new Op.Binary(BinaryFunction.ADD), a, b);
  }
}
