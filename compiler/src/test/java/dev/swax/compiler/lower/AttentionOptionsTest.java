package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the attention of the library can be told, against the same written out. */
class AttentionOptionsTest {
  private static final String FILE =
      """
      edition 1

      cell all(window: Window, heads = 4, key_heads = 2, head = 6) {
        q: [head] = rmsnorm(linear(x, bias: zeros), weights: shared, epsilon: 1e-5)
        k: [head] per key_heads = rmsnorm(linear(x, bias: zeros), weights: shared, epsilon: 1e-5)
        v: [head] per key_heads = linear(x, bias: zeros)
        y = attend(
          rotate(q, base: 100, share: 2 / 3, pairs: half),
          rotate(k, base: 100, share: 2 / 3, pairs: half),
          v,
          window: window,
          scale: 0.25,
          cap: 5,
          sinks: weight(init: zeros),
        )
        out = linear(y)
      }
      model base(window: Window = 5) {
        width = 20   vocab = 19   ffn = none
      }
      model library = base with {
        layers = [swa(window: window, heads: 4, key_heads: 2, head: 6, rope: 100, share: 2 / 3,
          pairs: half, bias: true, out_bias: false, normed: true, eps: 1e-5, scale: 0.25, cap: 5,
          sinks: true)]
      }
      model own = base with { layers = [all(window: window)] }
      model biased = base with { layers = [attention(heads: 2, bias: true)] }
      model plain = base with { layers = [attention(heads: 2)] }
      """;

  @Test
  void allOfThemAreTheSameWrittenOut() {
    assertThat(graph("library")).isEqualTo(graph("own"));
  }

  @Test
  void theyTrainAsTheInterpreterSays() {
    var check = ProgramCheck.of(lowered("library"), new int[] {5}, 3);
    try (Kernels kernels = new VectorKernels(2)) {
      check.requireGradients(kernels, true);
    }
  }

  @Test
  void weightsKeepTheirNames() {
    assertThat(names("plain"))
        .containsExactly(
            "attention_norm", "attention.q", "attention.k", "attention.v", "attention.out");
    assertThat(names("biased"))
        .contains("attention.q_bias", "attention.k_bias", "attention.v_bias", "attention.out_bias");
  }

  private static LoweredModel lowered(String name) {
    return LowerModel.lower(SwaxFiles.model(FILE, name));
  }

  private static Block layer(String name) {
    return lowered(name).kinds().getFirst();
  }

  private static List<String> names(String name) {
    return layer(name).parameters().stream().map(BlockParameter::name).toList();
  }

  /** Without the names of cells, and how weights begin. */
  private static List<String> graph(String name) {
    return layer(name).graph().nodes().stream()
        .map(node ->
            (node.op() + " " + node.operands() + " " + node.type()).replaceAll("(swa|all)[._]", ""))
        .toList();
  }
}
