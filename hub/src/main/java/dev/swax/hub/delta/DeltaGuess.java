package dev.swax.hub.delta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.match.Walk;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.delta.DeltaShape;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The numbers of the first memory of a model with the delta rule. Whether it is what the class has
 * is decided by comparing all of it.
 */
public record DeltaGuess(DeltaSizes sizes, boolean doubled) {
  private static final String FULL = "full_attention";
  private static final String LINEAR = "linear_attention";

  /** Of the first layer that has one behind a convolution. */
  public static Optional<DeltaGuess> of(Sketch sketch) {
    int width = sketch.model().architecture().width();
    return IntStream.range(0, sketch.layers())
        .mapToObj(layer -> new Walk(sketch.model().layer(layer).graph()))
        .flatMap(walk ->
            walk.first(node -> node.op() instanceof Op.Recurrence(DeltaShape _)).stream()
                .flatMap(memory -> guess(walk, memory, width).stream()))
        .findFirst();
  }

  private static Optional<DeltaGuess> guess(Walk walk, Node memory, int width) {
    var shape = (DeltaShape) ((Op.Recurrence) memory.op()).shape();
    int groups =
        walk.operand(memory, 0).op() instanceof Op.Repeat(int few, int _) ? few : shape.heads();
    boolean doubled = walk.factor(walk.operand(memory, 4)) == 2;
    return walk.nearest(memory, node -> node.op() instanceof Op.Recurrence(ConvShape _))
        .map(node -> (ConvShape) ((Op.Recurrence) node.op()).shape())
        .map(conv ->
            new DeltaGuess(
                new DeltaSizes(
                    width,
                    shape.heads(),
                    groups,
                    shape.keyWidth(),
                    shape.valueWidth(),
                    conv.width()),
                doubled));
  }

  /** Says the numbers under the keys of these classes, and which layers have attention. */
  public void put(ObjectNode json, Sketch sketch) {
    json.put("linear_num_value_heads", sizes.heads());
    json.put("linear_num_key_heads", sizes.groups());
    json.put("linear_key_head_dim", sizes.key());
    json.put("linear_value_head_dim", sizes.value());
    json.put("linear_conv_kernel_dim", sizes.conv());
    ArrayNode types = json.putArray("layer_types");
    for (int layer = 0; layer < sketch.layers(); layer++) {
      types.add(sketch.attention(layer).isPresent() ? FULL : LINEAR);
    }
  }
}
