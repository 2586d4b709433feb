package dev.swax.hub.recurrentgemma;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import dev.swax.runtime.kernel.scan.ScanShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** RecurrentGemma (Botev et al., 2024): two layers of the RG-LRU to one of attention nearby. */
public final class RecurrentGemma extends LayeredClass {
  private static final Names NAMES =
      new Names("temporal_pre_norm.weight", "channel_pre_norm.weight", "mlp_block.");
  private static final String ATTENTION = "attention";
  private static final String RECURRENT = "recurrent";

  @Override
  public String type() {
    return "recurrent_gemma";
  }

  @Override
  public String architecture() {
    return "RecurrentGemmaForCausalLM";
  }

  @Override
  public String zoo() {
    return "recurrentgemma_2b";
  }

  /** With what only first values depend on. */
  @Override
  protected ObjectNode silent() {
    return written()
        .putNull("head_dim")
        .putNull("w_init_variance_scale")
        .putNull("final_w_init_variance_scale")
        .putNull("rope_scaling")
        .put("rope_theta", 10_000.0)
        .put("partial_rotary_factor", 0.5)
        .put("max_position_embeddings", 8192);
  }

  /** The keys that an export writes. */
  private static ObjectNode written() {
    return Config.object(
        """
        {"vocab_size": 256000, "hidden_size": 2560, "intermediate_size": 7680,
         "num_hidden_layers": 26, "num_attention_heads": 10, "num_key_value_heads": null,
         "lru_width": null, "attention_window_size": 2048, "conv1d_width": 4,
         "logits_soft_cap": 30.0, "rms_norm_eps": 1e-6, "tie_word_embeddings": true,
         "hidden_activation": "gelu_pytorch_tanh", "rope_parameters": null,
         "block_types": ["recurrent", "recurrent", "attention"], "attention_bias": false}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    config.require("hidden_activation", "gelu_pytorch_tanh");
    int width = config.size("hidden_size");
    int heads = config.size("num_attention_heads");
    int inner = config.size("lru_width", width);
    if (width % heads != 0 || inner % heads != 0) {
      throw config.wrong(
          "num_attention_heads", "a divisor of the widths %d and %d".formatted(width, inner));
    }
    if (config.size("intermediate_size") % 2 != 0) {
      throw config.wrong("intermediate_size", "an even number: gates and ups");
    }
    Ends ends = Ends.of(config, "model.final_norm.weight", 1);
    var ffn =
        new GatedFeedForward(
            width,
            config.size("intermediate_size") / 2,
            "gelu",
            true,
            GatedFeedForward.Names.USUAL);
    var memory = new GatedRecurrence(width, heads, inner / heads, config.size("conv1d_width"));
    GroupedAttention local = attention(config, width, heads, written);
    var hybrid =
        new Hybrid(ends, "model.layers.", ffn)
            .kind(RECURRENT, new Mixer("memory", "temporal_block.", memory), NAMES)
            .kind(ATTENTION, new Mixer("local", "temporal_block.", local), NAMES);
    List<String> types = types(config, hybrid);
    int window = config.size("attention_window_size");
    double cap = config.number("logits_soft_cap");
    return hybrid.stack(
        name,
        types,
        new Settings(config.number("rms_norm_eps"), ffn.value(), scale(width), 1),
        text -> {
          if (types.contains(ATTENTION)) {
            text.size("window: Window", window);
          }
          text.set("logit_cap", cap, 0);
        });
  }

  private static GroupedAttention attention(Config config, int width, int heads, Pairs written) {
    int keyHeads = config.size("num_key_value_heads", heads);
    if (heads % keyHeads != 0) {
      throw config.wrong("num_key_value_heads", "a divisor of the %d heads".formatted(heads));
    }
    var shape =
        new Attention(
            heads,
            keyHeads,
            width / heads,
            config.flag("attention_bias"),
            true,
            QueryNorm.NONE,
            0,
            0,
            false,
            Pairs.HALF,
            written);
    return GroupedAttention.of(
        width,
        shape,
        new Norm(0, false, 0),
        new Kind("local", config.size("attention_window_size"), Rope.of(config)),
        GroupedAttention.Names.USUAL);
  }

  /** The root of the width; the published code has it in bf16. */
  private static double scale(int width) {
    int bits = Float.floatToRawIntBits((float) Math.sqrt(width));
    int even = bits >>> Short.SIZE & 1;
    return Float.intBitsToFloat((bits + 0x7fff + even) >>> Short.SIZE << Short.SIZE);
  }

  /** {@code block_types} is repeated until there are enough. */
  private static List<String> types(Config config, Hybrid hybrid) {
    int blocks = config.size("num_hidden_layers");
    int length = Math.min(blocks, config.all("block_types").size());
    List<String> first = hybrid.types(config, "block_types", length);
    List<String> types = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      types.add(first.get(i % first.size()));
    }
    return types;
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return sketch
        .recurrence(ScanShape.class)
        .flatMap(scan ->
            sketch
                .recurrence(ConvShape.class)
                .map(conv -> {
                  ObjectNode json = new DecoderConfig(sketch, written(), false).json();
                  json.put("num_attention_heads", scan.heads());
                  json.put("lru_width", scan.heads() * scan.width());
                  json.put("conv1d_width", conv.width());
                  json.put("intermediate_size", 2 * sketch.hidden());
                  json.put("logits_soft_cap", sketch.options().logitCap());
                  layers(json, sketch);
                  Rope.sayShare(json, sketch.rotation());
                  return json;
                }));
  }

  private static void layers(ObjectNode json, Sketch sketch) {
    ArrayNode types = json.putArray("block_types");
    for (int layer = 0; layer < sketch.layers(); layer++) {
      boolean near = sketch.attention(layer).isPresent();
      types.add(near ? ATTENTION : RECURRENT);
      if (near && sketch.window(layer) > 0) {
        json.put("attention_window_size", sketch.window(layer));
      }
    }
  }
}
