package dev.swax.compiler.lower;

import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.Mixer;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.Rotation;
import org.jspecify.annotations.Nullable;

/** {@code out (softmax attention of rope(q x), rope(k x), v x)}, no biases. */
final class LowerAttention {
  private LowerAttention() {}

  static ValueId lower(Mixer.Attention attention, ValueId x, int layers, BlockBuilder out) {
    int width = out.graph().type(x).columns();
    int queries = attention.heads() * attention.headWidth();
    int keys = attention.keyHeads() * attention.headWidth();
    String prefix = attention.name() + ".";
    ValueId q = project(prefix, "q", x, width, queries, out);
    ValueId k = project(prefix, "k", x, width, keys, out);
    ValueId v = project(prefix, "v", x, width, keys, out);
    q = rope("q_rotated", q, attention.heads(), attention.ropeTheta(), out);
    k = rope("k_rotated", k, attention.keyHeads(), attention.ropeTheta(), out);
    var shape = new AttentionShape(attention.heads(), attention.keyHeads(), attention.headWidth());
    ValueId mixed =
        out.graph().named("attention", new Op.Attention(shape, attention.window()), q, k, v);
    ValueId weight = out.matrix(prefix + "out", queries, width, Initializers.wang(width, layers));
    return out.matmul(attention.name(), mixed, weight);
  }

  private static ValueId project(
      String prefix, String name, ValueId x, int width, int columns, BlockBuilder out) {
    return out.matmul(
        name, x, out.matrix(prefix + name, width, columns, Initializers.small(width)));
  }

  private static ValueId rope(
      String name, ValueId x, int heads, @Nullable Double theta, BlockBuilder out) {
    if (theta == null) {
      return x;
    }
    var rotation = Rotation.plain(out.graph().type(x).columns() / heads, theta);
    return out.graph().named(name, new Op.Rope(heads, rotation, false), x);
  }
}
