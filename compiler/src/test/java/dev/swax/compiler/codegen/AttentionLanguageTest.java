package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every word of {@code attend}, {@code rotate} and {@code concat}, from a file to its program. */
class AttentionLanguageTest {
  private static final String FILE =
      """
      edition 1

      cell sunk(window: Window, heads = 4, key_heads = 2, head = 6) {
        q: [head] = linear(x)
        k: [head] per key_heads = linear(x)
        v: [3] per key_heads = linear(x)
        y = attend(
          rotate(q, base: 100, pairs: half, scale: yarn(4, original: 20, fast: 3, truncate: false)),
          rotate(k, base: 100, pairs: half, scale: yarn(4, original: 20, fast: 3, truncate: false)),
          v,
          window: window,
          sinks: weight(init: uniform(-1, 1)),
        )
        out = linear(y)
      }

      cell capped(heads = 2, head = 8) {
        q, k, v: [head] = linear(x)
        sinks = weight(init: zeros)
        y = attend(
          rotate(q, base: 100, share: 50%, scale: linear(2)),
          rotate(k, base: 100, share: 50%, scale: llama3(8, original: 30)),
          v,
          sinks: sinks,
          cap: 2,
          scale: 1 / 3,
        )
        out = linear(y)
      }

      cell chunks(heads = 2, head = 4, tokens = 3) {
        q, k, v: [head] = linear(x)
        out = linear(attend(q, k, v, mask: chunked(tokens)))
      }

      cell latent(heads = 4, one = 1) {
        q: [5] = linear(x)
        turned: [2] = linear(x)
        own: [5] = linear(x)
        v: [3] = linear(x)
        shared: [2] per one = linear(x)
        y = attend(concat(q, rotate(turned, base: 10, scale: longrope([5 / 2], factor: 8, original: 16))), concat(own, rotate(shared, base: 10)), v)
        out = linear(concat(x, x)) + linear(y)
      }

      model m {
        width = 12
        vocab = 19
        ffn = none
        let a = sunk(window: 3)
        layers = [a, capped, chunks, latent]
      }
      """;

  private static LoweredModel model() {
    return LowerModel.lower(SwaxFiles.model(FILE, "m"));
  }

  @Test
  void wordsBecomeShapes() {
    var shape = new AttentionShape(2, 2, 8);
    assertThat(model().attentions().stream().map(Op.Attention::shape))
        .containsExactly(
            new AttentionShape(4, 2, 6).withValueWidth(3).withSinks(),
            shape.withScale(1.0 / 3).withCap(2).withSinks(),
            new AttentionShape(2, 2, 4).withChunk(3),
            new AttentionShape(4, 4, 7).withValueWidth(3));
    List<Rotation> rotations =
        model().layerOps().stream()
            .filter(Op.Rope.class::isInstance)
            .map(op -> ((Op.Rope) op).rotation())
            .distinct()
            .toList();
    var half = Rotation.Pairs.HALF;
    var neighbours = Rotation.Pairs.INTERLEAVED;
    var yarn = new RopeScaling.Yarn(4, 20, 3, 1, false, RopeScaling.Yarn.magnitude(4));
    assertThat(rotations)
        .containsExactly(
            new Rotation(6, 6, 100, half, yarn),
            new Rotation(8, 4, 100, neighbours, new RopeScaling.Linear(2)),
            new Rotation(8, 4, 100, neighbours, new RopeScaling.Llama3(8, 1, 4, 30)),
            new Rotation(
                2, 2, 10, neighbours, new RopeScaling.LongRope(List.of(2.5), Math.sqrt(1.75))),
            Rotation.plain(2, 10));
  }

  @Test
  void theProgramIsWhatItMeans() {
    try (Kernels kernels = new VectorKernels(2)) {
      var check = ProgramCheck.of(model(), new int[] {3}, 5);
      check.requireGradients(kernels, true);
      check.requireCarriedState(kernels, true, 4, 1, 1, 7, 2);
    }
  }
}
