package dev.swax.hub.falconh1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.hub.folder.Config;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.match.Walk;
import dev.swax.runtime.kernel.memory.MemoryShape;
import java.util.List;
import java.util.Optional;

/**
 * What goes into and comes out of the branches of a layer is multiplied by this.
 *
 * @param gate of the feed-forward
 * @param down its result
 */
record Factors(
    double memoryIn, double memoryOut, double fullIn, double fullOut, double gate, double down) {
  static Factors of(Config config) {
    List<Double> ffn = pair(config);
    return new Factors(
        config.number("ssm_in_multiplier"),
        config.number("ssm_out_multiplier"),
        config.number("attention_in_multiplier"),
        config.number("attention_out_multiplier"),
        ffn.getFirst(),
        ffn.getLast());
  }

  private static List<Double> pair(Config config) {
    if (!config.has("mlp_multipliers")) {
      return List.of(1.0, 1.0);
    }
    List<Double> pair = config.numbers("mlp_multipliers");
    if (pair.size() != 2) {
      throw config.wrong("mlp_multipliers", "a list of two numbers");
    }
    return pair;
  }

  /** Those of the first layer of a model. */
  static Factors of(Sketch sketch) {
    var walk = new Walk(sketch.model().layer(0).graph());
    Optional<Node> memory = walk.first(node -> node.op() instanceof Op.Recurrence(MemoryShape _));
    Optional<Node> full = walk.first(node -> node.op() instanceof Op.Attention);
    return new Factors(
        memory.map(node -> in(walk, walk.operand(node, 2))).orElse(1.0),
        memory.map(node -> out(walk, product(walk, node))).orElse(1.0),
        full.map(node -> in(walk, walk.operand(node, 2))).orElse(1.0),
        full.map(node -> out(walk, product(walk, node))).orElse(1.0),
        gate(walk),
        out(walk, walk.graph().nodes().reversed().stream().filter(Factors::isProduct).findFirst()));
  }

  private static boolean isProduct(Node node) {
    return node.op() instanceof Op.MatMul;
  }

  private static Optional<Node> product(Walk walk, Node mixer) {
    return walk.first(node -> isProduct(node) && walk.reads(node, mixer));
  }

  private static double in(Walk walk, Node value) {
    return walk.nearest(value, Factors::isProduct)
        .map(product -> walk.factor(walk.operand(product, 0)))
        .orElse(1.0);
  }

  private static double out(Walk walk, Optional<Node> product) {
    return product
        .flatMap(
            node -> walk.first(sum -> walk.isBiased(sum) && reads(sum, node)).or(() -> product))
        .flatMap(node ->
            walk.first(times ->
                times.op().equals(new Op.Binary(BinaryFunction.MULTIPLY))
                    && reads(times, node)
                    && walk.constant(times).isPresent()))
        .map(walk::factor)
        .orElse(1.0);
  }

  private static boolean reads(Node node, Node operand) {
    return node.operands().contains(operand.id());
  }

  private static double gate(Walk walk) {
    return walk.graph().nodes().reversed().stream()
        .filter(node -> node.op().equals(new Op.Unary(UnaryFunction.SILU)))
        .findFirst()
        .map(silu -> walk.factor(walk.operand(silu, 0)))
        .orElse(1.0);
  }

  void put(ObjectNode json) {
    json.put("ssm_in_multiplier", memoryIn);
    json.put("ssm_out_multiplier", memoryOut);
    json.put("attention_in_multiplier", fullIn);
    json.put("attention_out_multiplier", fullOut);
    json.putArray("mlp_multipliers").add(gate).add(down);
  }
}
