package dev.swax.hub.lfm2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Layer;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.Mixer;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.layer.Weights;
import dev.swax.hub.match.Shares;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.match.Walk;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LFM2-MoE (Liquid AI, 2025): LFM2 with experts in all layers but the first few. */
public final class Lfm2Moe extends LayeredClass {
  @Override
  public String type() {
    return "lfm2_moe";
  }

  @Override
  public String architecture() {
    return "Lfm2MoeForCausalLM";
  }

  @Override
  public String zoo() {
    return "lfm2_1p2b";
  }

  @Override
  protected ObjectNode silent() {
    return written()
        .putNull("tie_embedding")
        .putNull("num_heads")
        .putNull("rope_scaling")
        .put("rope_theta", 1_000_000.0)
        .put("max_position_embeddings", 128_000);
  }

  /** The keys that an export writes. */
  private static ObjectNode written() {
    return Config.object(
        """
        {"vocab_size": 65536, "hidden_size": 2048, "intermediate_size": 7168,
         "moe_intermediate_size": 1792, "num_hidden_layers": 32, "num_attention_heads": 32,
         "num_key_value_heads": 8, "norm_eps": 1e-5, "tie_word_embeddings": true,
         "rope_parameters": null, "conv_bias": false, "conv_L_cache": 3, "num_dense_layers": 2,
         "num_experts": 32, "num_experts_per_tok": 4, "use_expert_bias": true,
         "routed_scaling_factor": 1.0, "norm_topk_prob": true, "layer_types": null}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    Ends ends = LiquidMixers.ends(config);
    List<Mixer> order = order(config, LiquidMixers.of(config, written));
    var dense =
        new GatedFeedForward(
            ends.width(), config.size("intermediate_size"), "silu", false, LiquidMixers.FFN);
    int first = config.count("num_dense_layers");
    if (first >= order.size()) {
      return stack(name, config, ends, order, dense, dense, 0);
    }
    var experts = SigmoidExperts.of(config, ends.width());
    return stack(name, config, ends, order, dense, experts, first);
  }

  private static List<Mixer> order(Config config, LiquidMixers mixers) {
    return config.each("layer_types", config.size("num_hidden_layers")).stream()
        .map(type ->
            switch (type.asText()) {
              case LiquidMixers.SHORT -> mixers.brief();
              case LiquidMixers.FULL -> mixers.full();
              default -> throw config.wrong("layer_types", type, "conv or full_attention");
            })
        .toList();
  }

  /**
   * @param usual the feed-forward of the model
   * @param first how many layers have {@code dense} instead
   */
  private static Stack stack(
      String name, Config config, Ends ends, List<Mixer> order, Part dense, Part usual, int first) {
    var text = new ModelText(name);
    text.size("width", ends.width());
    text.size("blocks", order.size());
    List<Mixer> mixers = order.stream().distinct().toList();
    mixers.forEach(mixer -> mixer.part().declare(text));
    if (first > 0) {
      dense.declare(text);
    }
    usual.declare(text);
    Settings.of(config.number("norm_eps"), usual.value()).write(text, ends);
    mixers.forEach(mixer -> text.let(mixer.name(), mixer.part().value()));
    order.stream()
        .limit(first)
        .distinct()
        .map(Mixer::name)
        .forEach(
            mixer -> text.let("dense_" + mixer, "layer(%s, %s)".formatted(mixer, dense.value())));
    List<Layer> layers = new ArrayList<>();
    for (Mixer mixer : order) {
      boolean isDense = layers.size() < first;
      layers.add(layer(isDense ? "dense_" : "", mixer, isDense ? dense : usual, ends));
    }
    return new Stack(text, ends, "model.layers.", layers);
  }

  private static Layer layer(String kind, Mixer mixer, Part ffn, Ends ends) {
    Weights row = Weights.row(ends.width(), ends.plus());
    return Layer.of(kind + mixer.name())
        .with(LiquidMixers.MIXER_NORM, mixer.name() + "_norm", row)
        .with(mixer.there(), mixer.name() + ".", mixer.part())
        .with(LiquidMixers.FFN_NORM, "ffn_norm", row)
        .with("feed_forward.", "ffn.", ffn);
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return sketch
        .choice()
        .flatMap(choice ->
            LiquidMixers.config(sketch, written()).map(json -> experts(sketch, choice, json)));
  }

  private static ObjectNode experts(Sketch sketch, ChoiceShape choice, ObjectNode json) {
    int dense = 0;
    while (sketch.choice(dense).isEmpty()) {
      dense++;
    }
    json.put("num_dense_layers", dense);
    json.put("num_experts", choice.experts());
    json.put("num_experts_per_tok", choice.active());
    json.put("moe_intermediate_size", sketch.expertHidden(choice));
    Shares.of(new Walk(sketch.model().layer(dense).graph()))
        .ifPresent(shares -> {
          json.put("routed_scaling_factor", shares.scale());
          json.put("norm_topk_prob", shares.normalized());
          json.put("use_expert_bias", shares.corrected());
        });
    return json;
  }
}
