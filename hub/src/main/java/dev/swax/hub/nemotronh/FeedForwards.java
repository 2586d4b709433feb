package dev.swax.hub.nemotronh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.hub.match.Shares;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.match.Walk;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The numbers of feed-forwards and experts of a model. */
record FeedForwards(Sketch sketch) {
  void put(ObjectNode json) {
    layers(false)
        .map(FeedForwards::lastRelu)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(relu -> json.put("intermediate_size", relu.type().columns()));
    json.put(
        "mlp_bias",
        layers(false)
            .anyMatch(walk ->
                lastRelu(walk).filter(relu -> walk.isBiased(walk.operand(relu, 0))).isPresent()));
    sketch.choice().ifPresent(choice -> experts(json, choice));
  }

  private void experts(ObjectNode json, ChoiceShape choice) {
    json.put("n_routed_experts", choice.experts());
    json.put("num_experts_per_tok", choice.active());
    json.put("n_group", choice.groups());
    json.put("topk_group", choice.activeGroups());
    json.put("moe_intermediate_size", sketch.expertHidden(choice));
    layers(true)
        .findFirst()
        .ifPresent(walk -> {
          lastRelu(walk)
              .ifPresent(
                  relu -> json.put("moe_shared_expert_intermediate_size", relu.type().columns()));
          Shares.of(walk)
              .ifPresent(shares -> {
                json.put("routed_scaling_factor", shares.scale());
                json.put("norm_topk_prob", shares.normalized());
              });
        });
  }

  /** Layers with experts, or those with nothing but a feed-forward. */
  private Stream<Walk> layers(boolean experts) {
    return IntStream.range(0, sketch.layers())
        .filter(layer -> sketch.choice(layer).isPresent() == experts)
        .mapToObj(layer -> new Walk(sketch.model().layer(layer).graph()));
  }

  private static Optional<Node> lastRelu(Walk walk) {
    return walk.graph().nodes().reversed().stream()
        .filter(node -> node.op().equals(new Op.Unary(UnaryFunction.RELU)))
        .findFirst();
  }
}
