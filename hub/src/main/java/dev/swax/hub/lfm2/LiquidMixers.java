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
import dev.swax.hub.layer.Mixer;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.match.Walk;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What LFM2 and LFM2-MoE have in common: all but the feed-forwards.
 *
 * @param brief a gated short convolution
 * @param full attention with normed queries and keys
 */
record LiquidMixers(Mixer brief, Mixer full) {
  static final String FULL = "full_attention";
  static final String SHORT = "conv";
  static final String MIXER_NORM = "operator_norm.weight";
  static final String FFN_NORM = "ffn_norm.weight";

  /** How tensors of a feed-forward are called. */
  static final GatedFeedForward.Names FFN = new GatedFeedForward.Names("", "w1", "w3", "w2");

  static LiquidMixers of(Config config, Pairs written) {
    int width = config.size("hidden_size");
    var brief = new ShortConv(width, config.size("conv_L_cache"), config.flag("conv_bias"));
    return new LiquidMixers(
        new Mixer("short", "conv.", brief),
        new Mixer("full", "self_attn.", attention(config, width, written)));
  }

  /** What is before and behind the layers. */
  static Ends ends(Config config) {
    String tied = config.has("tie_embedding") ? "tie_embedding" : "tie_word_embeddings";
    return new Ends(
        config.size("vocab_size"),
        config.size("hidden_size"),
        "model.embed_tokens.weight",
        "model.embedding_norm.weight",
        0,
        config.flag(tied));
  }

  private static GroupedAttention attention(Config config, int width, Pairs written) {
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
        new Norm(config.number("norm_eps"), false, 0),
        new Kind("full", 0, Rope.of(config)),
        new GroupedAttention.Names("", "out_proj", "q_layernorm", "k_layernorm"));
  }

  /**
   * The guess of a config.json from a model with convolutions.
   *
   * @param json all keys that are written
   */
  static Optional<ObjectNode> config(Sketch sketch, ObjectNode json) {
    return sketch.recurrence(ConvShape.class).map(conv -> put(sketch, conv, json));
  }

  private static ObjectNode put(Sketch sketch, ConvShape conv, ObjectNode written) {
    ObjectNode json = new DecoderConfig(sketch, written, false).json();
    json.put("norm_eps", sketch.eps());
    json.put("conv_L_cache", conv.width());
    json.put("conv_bias", isBiased(sketch));
    ArrayNode types = json.putArray("layer_types");
    for (int layer = 0; layer < sketch.layers(); layer++) {
      types.add(sketch.attention(layer).isPresent() ? FULL : SHORT);
    }
    return json;
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
}
