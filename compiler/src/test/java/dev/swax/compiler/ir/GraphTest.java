package dev.swax.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.kernel.attention.AttentionShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {
  private final Graph.Builder graph = new Graph.Builder();
  private final ValueId x = graph.named("x", new Op.Input("x", TensorType.tokens(4)));

  @Test
  void printsOneNodeALineWithItsOrigin() {
    graph.at(new Origin(new Span(new SourceFile("models/lm.swax", "\n\nffn"), 2, 5), false));
    graph.result("y", graph.add(new Op.SumGroups(2), x));
    assertThat(graph.build())
        .hasToString(
            """
            %0 x = input x : [T, 4]
            %1 = sum_groups(2) %0 : [T, 2]                                          lm.swax:3
            return y = %1
            """);
  }

  @Test
  void partsHaveTheTypesOfTheirOp() {
    ValueId y = graph.add(new Op.Attention(new AttentionShape(2, 2, 2), -1), x, x, x);
    ValueId sums = graph.add(new Op.Part(1), y);
    assertThat(graph.type(sums)).isEqualTo(TensorType.tokens(2));
  }

  @Test
  void continuesFromAnotherGraphWithItsParts() {
    ValueId y = graph.add(new Op.Attention(new AttentionShape(2, 2, 2), -1), x, x, x);
    graph.result("y", y);
    var more = new Graph.Builder().continueFrom(graph.build());
    assertThat(more.type(more.add(new Op.Part(1), y))).isEqualTo(TensorType.tokens(2));
    assertThat(more.build().results()).containsEntry("y", y);
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    ValueId weight = graph.add(new Op.Parameter("w", TensorType.fixed(5, 3)));
    assertThatThrownBy(() -> graph.add(new Op.MatMul(false, false), x, weight))
        .hasMessageContaining("does not take [[T, 4], [5, 3]]");
    assertThatThrownBy(() -> graph.add(new Op.SumGroups(3), x))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> graph.add(new Op.SpreadGroups(6), x))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aResultThatChangesItsTypeNamesThePass() {
    graph.result("y", x);
    var widened = new Graph.Builder();
    widened.result("y", widened.add(new Op.Input("x", TensorType.tokens(5))));
    assertThatThrownBy(() -> GraphVerifier.verify(graph.build(), widened.build(), "Widen"))
        .hasMessage("after Widen: result y changed its type from [T, 4]");
  }

  @Test
  void aResultThatIsLostNamesThePass() {
    graph.result("y", x);
    Graph empty = new Graph.Builder().build();
    assertThatThrownBy(() -> GraphVerifier.verify(graph.build(), empty, "Lose"))
        .hasMessage("after Lose: results [y] became []");
  }

  @Test
  void constantsSpreadOverTheOtherSide() {
    assertThat(
            TypeRules.results(
                new Op.Binary(BinaryFunction.ADD),
                List.of(TensorType.SCALAR, TensorType.tokens(3))))
        .containsExactly(TensorType.tokens(3));
  }
}
