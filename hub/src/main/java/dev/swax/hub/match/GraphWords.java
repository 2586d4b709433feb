package dev.swax.hub.match;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.Locale;

/** What a value is, for people. */
final class GraphWords {
  private GraphWords() {}

  static String of(Values values, ValueId id) {
    Node node = values.node(id);
    return switch (node.op()) {
      case Op.Unary(var function) -> "`%s`".formatted(function.text());
      case Op.Binary(var function) -> "`%s`".formatted(function.text());
      case Op.Constant(double value) -> "the number " + value;
      case Op.Rope(_, var rotation, _) -> rotation(rotation);
      case Op.Attention(var shape, _) ->
          attention(shape) + values.text(id).replaceAll("^[^\\]]*]| : .*", "");
      case Op.MatMul _ -> "a projection to %d channels".formatted(node.type().columns());
      case Op.Parameter _ ->
          "weights of [%d, %d]".formatted(node.type().rows(), node.type().columns());
      case Op.Input _ -> "the stream";
      case Op.SpreadRow _ -> "a learnt row of weights";
      default -> "`%s`".formatted(node.op().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    };
  }

  private static String attention(AttentionShape shape) {
    var words = new StringBuilder("an attention of ");
    words.append(
        "%d heads, %d of keys, %d channels each"
            .formatted(shape.heads(), shape.keyHeads(), shape.headWidth()));
    if (shape.valueWidth() != shape.headWidth()) {
      words.append(", %d of values".formatted(shape.valueWidth()));
    }
    if (shape.scale() != 1 / Math.sqrt(shape.headWidth())) {
      words.append(", scale ").append((float) shape.scale());
    }
    if (shape.cap() > 0) {
      words.append(", cap ").append(shape.cap());
    }
    if (shape.sinks()) {
      words.append(", with sinks");
    }
    if (shape.chunk() > 0) {
      words.append(", in chunks of %d tokens".formatted(shape.chunk()));
    }
    return words.append(',').toString();
  }

  private static String rotation(Rotation rotation) {
    String scaling =
        rotation.scaling() instanceof RopeScaling.None ? "" : ", " + rotation.scaling();
    return "a rotation of %d of %d channels by pairs %s, base %s%s"
        .formatted(
            rotation.columns(),
            rotation.headWidth(),
            rotation.pairs().name().toLowerCase(Locale.ROOT),
            rotation.base(),
            scaling);
  }
}
