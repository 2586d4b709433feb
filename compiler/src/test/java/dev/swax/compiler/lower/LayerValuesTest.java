package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.facts.ReceptiveField;
import dev.swax.compiler.facts.StateSize;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose layers read other layers and the embedding, and share weights. */
class LayerValuesTest {
  private static final int[] WINDOWS = {5};

  private static final String FILE =
      """
      import "std/cells"

      // Keys and values of one layer in all later ones.
      cell keys(window: Window, heads = 4, key_heads = 2, head = 6) {
        q: [head] = rotate(linear(x), base: 100)
        k: [head] per key_heads = rotate(linear(x), base: 100)
        v: [head] per key_heads = linear(x)
        out = linear(attend(q, k, v, window: window))
      }
      cell cross(source, window: Window, heads = 4, head = 6) {
        q: [head] = rotate(linear(x), base: 100)
        out = linear(attend(q, source.k, source.v, window: window))
      }

      // Values that are mixed with those of the first layer.
      cell mixed(source, heads = 2, key = 3, value = 5) {
        q, k: [key] = linear(x)
        own: [value] = linear(x)
        v: [value] = own + sigmoid(linear(x)) * (source.v - own)
        state S: [key, value]
        S' = 0.9 * S + outer(k, v)
        out = linear(q . S')
      }

      // One block in several places, which also sees the embedding.
      block sees(mixer, ffn) {
        h = x + mixer(norm(x + linear(embedding)))
        out = h + ffn(norm(h))
      }

      // Shared, with an adapter and a norm of each use.
      ffn adapted(hidden = 8, inner) {
        a: [3] = own(linear(x, bias: zeros))
        h: [hidden] = linear(x) + own(linear(a))
        out = linear(own(inner(h)))
      }
      block also(mixer, ffn) {
        n = own(norm(concat(x, embedding)))
        h = x + linear(n)
        out = h + ffn(norm(h + mixer(h)))
      }

      // A body's own name comes first.
      cell named(heads = 2) {
        embedding: [5] = linear(x)
        state h: [5]
        h' = 0.5 * h + embedding
        out = linear(h')
      }

      model base(window: Window = 5) {
        width = 20   vocab = 19   norm = rmsnorm(eps: 1e-2)   ffn = none
        let local = swa(window: window, heads: 2, rope: none)
        let source = keys(window: window)
        let reader = cross(source: source, window: window)
        let first = linear_attention(heads: 2, key: 3, value: 5)
        let middle = mixed(source: first)
        let same = shared(local)
        let adapter = shared(adapted(inner: swiglu(hidden: 6)))
        let adapters = shared(also(mixer: local, ffn: adapted(inner: swiglu(hidden: 6))))
        let once = shared(sees(mixer: local, ffn: swiglu(hidden: 12)))
      }
      model yoco = base with { layers = [first, source, reader, reader, reader] }
      // The dot after a part binds tighter than a product before it.
      cell gated(source, heads = 4, head = 6) {
        g: [head] = sigmoid(linear(x))
        h: [head] = linear(x)
        out = linear(g * source.q + g / h * source.q . h)
      }
      model dotted = base with { layers = [source, gated(source: source)] }
      model nearest = base with { layers = [source, reader, source, reader] }
      model values = base with { layers = [first, mixed(source: first), mixed(source: first)] }
      model chain = base with { layers = [first, middle, mixed(source: middle)] }
      model twice = base with { layers = [once, local, once, once] }
      model learnt = base with { layers = [local], positions = 11, embedding_scale = 4 }
      model adapters = base with { layers = [also(local, adapter), also(local, adapter), adapters, adapters] }
      model own = base with { layers = [named] }
      model attention = base with { layers = [same, local, same] }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yoco",
        "nearest",
        "values",
        "chain",
        "twice",
        "attention",
        "learnt",
        "adapters",
        "dotted"
      })
  void trainsAndWalksAsTheInterpreter(String name) {
    var check = ProgramCheck.of(LowerModel.lower(model(name)), windows(name), 3);
    try (Kernels kernels = new VectorKernels(2)) {
      check.requireGradients(kernels, true);
      check.requireCarriedState(kernels, true, 4, 1, 1, 7, 1);
    }
  }

  @Test
  void whatIsOwnIsNotShared() {
    LoweredModel model = LowerModel.lower(model("adapters"));
    List<String> names = new ArrayList<>();
    model
        .kinds()
        .get(model.order().get(2))
        .parameters()
        .forEach(p -> names.add(p.fullName("layers.2.")));
    assertThat(names)
        .contains("shared.also.local.q", "shared.also.ffn.h")
        .contains("layers.2.norm", "layers.2.ffn.a", "layers.2.ffn.a_bias", "layers.2.ffn.h_2")
        .contains("layers.2.ffn.inner.gate");
    assertThat(model.sharedParameters().stream().map(p -> p.fullName("")))
        .contains("shared.adapted.h")
        .doesNotContain("shared.adapted.a");
  }

  @Test
  void readersOfTheNearestLayerShareTheirCode() {
    LoweredModel model = LowerModel.lower(model("nearest"));
    assertThat(model.order()).containsExactly(0, 1, 0, 1);
    assertThat(model.reads().get(1))
        .containsEntry("source.k", new Source.Export(0, "source.k"))
        .containsEntry("source.v", new Source.Export(0, "source.v"));
    assertThat(model.reads().get(3))
        .containsEntry("source.k", new Source.Export(2, "source.k"))
        .containsEntry("source.v", new Source.Export(2, "source.v"));
  }

  @Test
  void keysThatLayersShareCountOnce() {
    long memory = StateSize.bytes(model("values"), 100) - StateSize.bytes(model("chain"), 100);
    assertThat(memory).isZero();
    long linear = 2 * 3 * 6 * Float.BYTES;
    long keys = 2L * 2 * 6 * 5 * Float.BYTES;
    assertThat(StateSize.bytes(model("yoco"), 100)).isEqualTo(linear + keys);
    assertThat(StateSize.bytes(model("nearest"), 100)).isEqualTo(2 * keys);
  }

  @Test
  void whatIsReadReachesAsFarAsItsLayer() {
    // the second source sees 5 + 4 + 4 tokens, and the reader of its keys 4 more
    assertThat(ReceptiveField.of(model("nearest"))).hasValue(1 + 4 * 4);
    assertThat(ReceptiveField.of(model("twice"))).hasValue(1 + 4 * 4);
  }

  @Test
  void sharedWeightsHaveOneName() {
    LoweredModel model = LowerModel.lower(model("twice"));
    assertThat(model.sharedParameters())
        .extracting(parameter -> parameter.fullName(""))
        .containsExactly(
            "shared.sees.h",
            "shared.sees.local_norm",
            "shared.sees.local.q",
            "shared.sees.local.k",
            "shared.sees.local.v",
            "shared.sees.local.out",
            "shared.sees.ffn_norm",
            "shared.sees.ffn.gate",
            "shared.sees.ffn.up",
            "shared.sees.ffn.down");
    long own = model.layer(1).parameters().stream().mapToLong(BlockParameter::size).sum();
    long once = model.layer(0).parameters().stream().mapToLong(BlockParameter::size).sum();
    long ends = 2 * 19 * 20 + 20;
    assertThat(ParameterCount.of(model("twice")).total()).isEqualTo(ends + own + once);
  }

  @Test
  void aLineCalledEmbeddingIsThatLine() {
    assertThat(LowerModel.lower(model("own")).hasReads()).isFalse();
    assertThat(LowerModel.lower(model("twice")).readsEmbedding()).isTrue();
  }

  /** What a check of one layer alone does. */
  @Test
  void someLayersKeepWhatTheyRead() {
    List<Layer> layers = model("nearest").layers();
    List<Layer> some = Layer.some(layers, List.of(3));
    assertThat(some).hasSize(2);
    assertThat(some.getLast().reads()).allSatisfy(read -> assertThat(read.layer()).isZero());
    assertThat(Layer.some(some, List.of(1))).hasSize(2);
  }

  private static Architecture model(String name) {
    return SwaxFiles.model(FILE, name);
  }

  private static int[] windows(String name) {
    return model(name).windows().isEmpty() ? new int[0] : WINDOWS;
  }
}
