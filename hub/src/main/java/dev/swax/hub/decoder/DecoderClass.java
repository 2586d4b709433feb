package dev.swax.hub.decoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.Decoder.Attention;
import dev.swax.hub.decoder.Decoder.Ends;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.decoder.Decoder.Wiring;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A class of published decoders: what is usual is here, what is its own it overrides. */
public abstract class DecoderClass extends LayeredClass {
  private static final String USUAL =
      """
      {"rope_parameters": null, "rope_scaling": null, "rope_theta": 10000.0,
       "partial_rotary_factor": null, "head_dim": null, "num_key_value_heads": null,
       "max_position_embeddings": 2048, "original_max_position_embeddings": null}
      """;

  /** What the class has beside the usual keys, and other values of these. */
  protected abstract String defaults();

  protected Wiring wiring() {
    return Wiring.BEFORE;
  }

  protected QueryNorm queryNorm() {
    return QueryNorm.NONE;
  }

  protected Norm norm(Config config) {
    return new Norm(config.number("rms_norm_eps"), false, 0);
  }

  /** Of queries, keys and values. */
  protected boolean bias(Config config) {
    return config.flag("attention_bias");
  }

  protected boolean outBias(Config config) {
    return config.flag("attention_bias");
  }

  /** Of the scores, or 0 for the usual one. */
  protected double scale(Config config) {
    return 0;
  }

  protected double cap(Config config) {
    return 0;
  }

  /** Whether heads have learnt scores that take their share. */
  protected boolean sinks() {
    return false;
  }

  protected Ends ends(Config config) {
    return new Ends(config.flag("tie_word_embeddings"), 1, 1, 1, 0);
  }

  /** Whether queries, keys and values are one published tensor, and gates and ups another. */
  protected boolean fused() {
    return false;
  }

  /** Whether layers with a window have positions of their own. */
  protected boolean hasRopesByType() {
    return false;
  }

  /** The kind of each layer; by the usual keys, layers with and without a window. */
  protected List<Kind> layers(Config config) {
    Rope rope = Rope.of(config);
    List<Kind> layers = new ArrayList<>();
    for (String type : types(config)) {
      layers.add(kind(config, type, rope));
    }
    return layers;
  }

  /**
   * Layers whose positions depend on whether they have a window: {@code rope_parameters} by type;
   * in older files, {@code rope_theta} and {@code rope_scaling} are those of layers without.
   *
   * @param local the base of layers with a window, where the file says nothing
   */
  protected final List<Kind> layersByType(Config config, double local) {
    boolean older = !config.has("rope_parameters");
    double base = config.number("rope_theta");
    Rope full = older ? Rope.of(config) : Rope.of(config, "full_attention", base);
    Rope near = older ? Rope.plain(local) : Rope.of(config, "sliding_attention", local);
    return types(config).stream()
        .map(type -> kind(config, type, type.equals("sliding_attention") ? near : full))
        .toList();
  }

  /** A layer of a type, called after what it has. */
  protected final Kind kind(Config config, String type, @Nullable Rope rope) {
    boolean windowed = type.equals("sliding_attention") && hasWindows(config);
    String name = windowed ? "local" : "full";
    return new Kind(
        rope == null ? (windowed ? "bare_local" : "bare") : name,
        windowed ? config.size("sliding_window") : 0,
        rope);
  }

  /** Whether {@code sliding_window} is used. */
  protected boolean hasWindows(Config config) {
    boolean used = !config.knows("use_sliding_window") || config.flag("use_sliding_window");
    return used && config.has("sliding_window");
  }

  /** {@code layer_types}, or what the class has where the file says nothing of it. */
  protected final List<String> types(Config config) {
    int blocks = config.size("num_hidden_layers");
    if (!config.has("layer_types")) {
      List<String> types = new ArrayList<>();
      for (int i = 0; i < blocks; i++) {
        types.add(isWindowed(config, i) ? "sliding_attention" : "full_attention");
      }
      return types;
    }
    List<String> types = new ArrayList<>();
    for (JsonNode type : config.each("layer_types", blocks)) {
      if (!List.of("sliding_attention", "full_attention").contains(type.asText())) {
        throw config.wrong("layer_types", type, "full_attention or sliding_attention");
      }
      types.add(type.asText());
    }
    return types;
  }

  /** Whether a layer has a window where {@code layer_types} is not said. */
  protected boolean isWindowed(Config config, int layer) {
    return false;
  }

  @Override
  protected final ObjectNode silent() {
    ObjectNode all = Config.object(USUAL);
    all.setAll(Config.object(defaults()));
    return all;
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    return DecoderStack.of(decoder(config, written), name);
  }

  private Decoder decoder(Config config, Pairs written) {
    int width = config.size("hidden_size");
    List<Kind> layers = layers(config);
    List<Kind> kinds = layers.stream().distinct().toList();
    List<Integer> order = layers.stream().map(kinds::indexOf).toList();
    return new Decoder(
        config.size("vocab_size"),
        width,
        attention(config, width, written, layers),
        ffn(config),
        norm(config),
        wiring(),
        kinds,
        order,
        ends(config),
        fused());
  }

  private Attention attention(Config config, int width, Pairs written, List<Kind> layers) {
    Heads heads = Heads.of(config, width);
    layers.forEach(kind -> requireFactors(config, heads.head(), kind.rope()));
    return new Attention(
        heads.heads(),
        heads.keyHeads(),
        heads.head(),
        bias(config),
        outBias(config),
        queryNorm(),
        scale(config),
        cap(config),
        sinks(),
        pairs(),
        written);
  }

  private static void requireFactors(Config config, int head, @Nullable Rope rope) {
    if (rope != null
        && rope.scaling() instanceof RopeScaling.LongRope(var factors, _)
        && factors.size() != (int) (head * rope.share()) / 2) {
      throw config.refused(
          "has %d factors for LongRoPE, but turns %d of %d channels in pairs"
              .formatted(factors.size(), (int) (head * rope.share()), head),
          "`short_factor` and `long_factor` have one number for each pair");
    }
  }

  protected Part ffn(Config config) {
    String key = config.knows("hidden_activation") ? "hidden_activation" : "hidden_act";
    if (key.equals("hidden_activation")) {
      config.ignore("hidden_act");
    }
    String activation =
        switch (config.word(key)) {
          case "silu", "swish" -> "silu";
          case "gelu_pytorch_tanh", "gelu_new", "gelu_fast" -> "gelu";
          default ->
              throw new UserError(
                  "config.json has `%s` = %s, but swax computes silu and gelu_pytorch_tanh here"
                      .formatted(key, config.word(key)),
                  null);
        };
    return new GatedFeedForward(
        config.size("hidden_size"),
        config.size("intermediate_size"),
        activation,
        config.flag("mlp_bias"),
        fused() ? GatedFeedForward.Names.FUSED : GatedFeedForward.Names.USUAL);
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    ObjectNode json = Config.object(defaults());
    List.of("head_dim", "rope_parameters").forEach(key -> json.set(key, silent().get(key)));
    return sketch.attention().map(_ -> new DecoderConfig(sketch, json, hasRopesByType()).json());
  }
}
