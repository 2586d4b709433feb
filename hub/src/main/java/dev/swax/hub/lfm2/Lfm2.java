package dev.swax.hub.lfm2;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.ir.Op;
import dev.swax.hub.decoder.Decoder.Attention;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.decoder.DecoderConfig;
import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.decoder.GroupedAttention;
import dev.swax.hub.decoder.Rope;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Hybrid;
import dev.swax.hub.layer.Hybrid.Names;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.Mixer;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.match.Walk;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** LFM2 (Liquid AI, 2025): gated short convolutions, and attention with normed queries and keys. */
public final class Lfm2 extends LayeredClass {
  private static final Names NAMES =
      new Names("operator_norm.weight", "ffn_norm.weight", "feed_forward.");

  /** Keys of the code before, which the class of transformers does not look at. */
  private static final List<String> UNREAD =
      List.of(
          "block_dim",
          "block_mlp_init_scale",
          "block_norm_eps",
          "block_out_init_scale",
          "block_use_swiglu",
          "block_use_xavier_init",
          "conv_dim",
          "conv_dim_out",
          "conv_use_xavier_init",
          "num_heads",
          "theta",
          "use_pos_enc");

  private static final String FULL = "full_attention";
  private static final String SHORT = "conv";

  @Override
  public String type() {
    return "lfm2";
  }

  @Override
  public String architecture() {
    return "Lfm2ForCausalLM";
  }

  @Override
  public String zoo() {
    return "lfm2_1p2b";
  }

  @Override
  protected ObjectNode silent() {
    ObjectNode json = written();
    UNREAD.forEach(json::putNull);
    return json.putNull("tie_embedding")
        .putNull("block_ff_dim")
        .putNull("full_attn_idxs")
        .putNull("rope_scaling")
        .put("rope_theta", 1_000_000.0)
        .put("max_position_embeddings", 128_000);
  }

  /** The keys that an export writes. */
  private static ObjectNode written() {
    return Config.object(
        """
        {"vocab_size": 65536, "hidden_size": 2560, "intermediate_size": 12288,
         "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "norm_eps": 1e-5, "tie_word_embeddings": true, "rope_parameters": null,
         "conv_bias": false, "conv_L_cache": 3, "block_multiple_of": 256,
         "block_ffn_dim_multiplier": 1.0, "block_auto_adjust_ff_dim": true, "layer_types": null}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    int width = config.size("hidden_size");
    double eps = config.number("norm_eps");
    boolean tied =
        config.flag(config.has("tie_embedding") ? "tie_embedding" : "tie_word_embeddings");
    var ends =
        new Ends(
            config.size("vocab_size"),
            width,
            "model.embed_tokens.weight",
            "model.embedding_norm.weight",
            0,
            tied);
    var ffn =
        new GatedFeedForward(
            width, hidden(config), "silu", false, new GatedFeedForward.Names("", "w1", "w3", "w2"));
    var shortConv = new ShortConv(width, config.size("conv_L_cache"), config.flag("conv_bias"));
    GroupedAttention full = attention(config, width, eps, written);
    var hybrid =
        new Hybrid(ends, "model.layers.", ffn)
            .kind(SHORT, new Mixer("short", "conv.", shortConv), NAMES)
            .kind(FULL, new Mixer("full", "self_attn.", full), NAMES);
    return hybrid.stack(name, types(config, hybrid), Settings.of(eps, ffn.value()), _ -> {});
  }

  private static GroupedAttention attention(Config config, int width, double eps, Pairs written) {
    int heads = config.size("num_attention_heads");
    int keyHeads = config.size("num_key_value_heads", heads);
    if (width % heads != 0 || heads % keyHeads != 0) {
      throw config.wrong(
          "num_attention_heads",
          "a divisor of the width, %d, and a multiple of the %d heads of keys"
              .formatted(width, keyHeads));
    }
    var shape =
        new Attention(
            heads,
            keyHeads,
            width / heads,
            false,
            false,
            QueryNorm.HEAD,
            0,
            0,
            false,
            Pairs.HALF,
            written);
    return GroupedAttention.of(
        width,
        shape,
        new Norm(eps, false, 0),
        new Kind("full", 0, Rope.of(config)),
        new GroupedAttention.Names("", "out_proj", "q_layernorm", "k_layernorm"));
  }

  /** Two thirds of what is said, times a factor, rounded up, unless that is switched off. */
  private static int hidden(Config config) {
    int said = config.size("block_ff_dim", config.size("intermediate_size"));
    if (!config.flag("block_auto_adjust_ff_dim")) {
      return said;
    }
    int hidden = 2 * said / 3;
    if (!config.has("block_ffn_dim_multiplier")) {
      return hidden;
    }
    return Math.ceilDiv(
            (int) (config.number("block_ffn_dim_multiplier") * hidden),
            config.size("block_multiple_of"))
        * config.size("block_multiple_of");
  }

  private static List<String> types(Config config, Hybrid hybrid) {
    int blocks = config.size("num_hidden_layers");
    if (config.has("layer_types")) {
      config.ignore("full_attn_idxs");
      return hybrid.types(config, "layer_types", blocks);
    }
    List<Integer> full = config.indices("full_attn_idxs");
    List<String> types = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      types.add(full.contains(i) || !config.has("full_attn_idxs") ? FULL : SHORT);
    }
    return types;
  }

  /** Whether the convolution of some layer has a bias. */
  private static boolean isBiased(Sketch sketch) {
    return IntStream.range(0, sketch.layers())
        .mapToObj(layer -> new Walk(sketch.model().layer(layer).graph()))
        .anyMatch(walk ->
            walk.first(node ->
                    walk.isBiased(node)
                        && walk.operand(node, 0).op() instanceof Op.Recurrence(ConvShape _))
                .isPresent());
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return sketch
        .recurrence(ConvShape.class)
        .map(conv -> {
          ObjectNode json = new DecoderConfig(sketch, written(), false).json();
          json.put("norm_eps", sketch.eps());
          json.put("block_auto_adjust_ff_dim", false);
          json.put("conv_L_cache", conv.width());
          json.put("conv_bias", isBiased(sketch));
          ArrayNode types = json.putArray("layer_types");
          for (int layer = 0; layer < sketch.layers(); layer++) {
            types.add(sketch.attention(layer).isPresent() ? FULL : SHORT);
          }
          return json;
        });
  }
}
