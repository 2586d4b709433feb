package dev.swax.compiler.lower;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.FeedForward;

/** {@code down (act(gate x) * (up x))}. */
final class LowerFeedForward {
  private LowerFeedForward() {}

  static ValueId lower(FeedForward ffn, ValueId x, int layers, BlockBuilder out) {
    int width = out.graph().type(x).columns();
    int hidden = ffn.hidden();
    ValueId gateWeight = out.matrix("ffn.gate", width, hidden, Initializers.small(width));
    ValueId upWeight = out.matrix("ffn.up", width, hidden, Initializers.small(width));
    ValueId gate = out.matmul("gate", x, gateWeight);
    ValueId up = out.matmul("up", x, upWeight);
    var activation =
        switch (ffn.activation()) {
          case SILU -> UnaryFunction.SILU;
          case GELU -> UnaryFunction.GELU;
        };
    ValueId inner =
        out.graph()
            .named(
                "hidden", new Op.Binary(BinaryFunction.MULTIPLY), out.unary(activation, gate), up);
    ValueId downWeight = out.matrix("ffn.down", hidden, width, Initializers.wang(width, layers));
    return out.matmul("ffn", inner, downWeight);
  }
}
