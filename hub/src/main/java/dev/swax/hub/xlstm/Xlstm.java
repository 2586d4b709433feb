package dev.swax.hub.xlstm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.hub.decoder.DecoderConfig;
import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Hybrid;
import dev.swax.hub.layer.Layer;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.layer.Weights;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.match.Walk;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * xLSTM 7B (Beck et al., 2025): mLSTM in every layer. The published code adds 1e-6 to what a memory
 * divides by; the norm behind it takes that out again.
 */
public final class Xlstm extends LayeredClass {
  private static final String MEMORY = "memory";

  /** How the published code computes, which changes nothing but rounding. */
  private static final List<String> UNREAD =
      List.of(
          "chunkwise_kernel",
          "sequence_kernel",
          "step_kernel",
          "mode",
          "chunk_size",
          "return_last_states",
          "autocast_kernel_dtype",
          "inference_state_dtype",
          "norm_reduction_force_float32",
          "max_inference_chunksize");

  @Override
  public String type() {
    return "xlstm";
  }

  @Override
  public String architecture() {
    return "xLSTMForCausalLM";
  }

  @Override
  public String zoo() {
    return "xlstm_7b";
  }

  @Override
  protected ObjectNode silent() {
    ObjectNode json = written();
    UNREAD.forEach(json::putNull);
    return json.put("eps", 1e-6)
        .put("weight_mode", "single")
        .put("add_out_norm", true)
        .putNull("embedding_dim")
        .putNull("num_blocks");
  }

  /** The keys that an export writes. */
  private static ObjectNode written() {
    return Config.object(
        """
        {"vocab_size": 50304, "hidden_size": 4096, "num_hidden_layers": 32, "num_heads": 8,
         "use_bias": false, "tie_word_embeddings": false, "norm_eps": 1e-6,
         "qk_dim_factor": 0.5, "v_dim_factor": 1.0, "ffn_proj_factor": 2.667,
         "ffn_round_up_to_multiple_of": 64, "gate_soft_cap": 15.0,
         "output_logit_soft_cap": 30.0}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    config.require("use_bias", "false");
    config.require("weight_mode", "single");
    config.require("add_out_norm", "true");
    config.require("eps", "1.0E-6");
    int width = config.size("hidden_size");
    int blocks = config.size("num_hidden_layers");
    require(config, "embedding_dim", width);
    require(config, "num_blocks", blocks);
    double eps = config.number("norm_eps");
    var ends =
        new Ends(
            config.size("vocab_size"),
            width,
            "backbone.embeddings.weight",
            "backbone.out_norm.weight",
            0,
            config.flag("tie_word_embeddings"));
    var ffn =
        new GatedFeedForward(
            width,
            hidden(
                width,
                config.number("ffn_proj_factor"),
                config.size("ffn_round_up_to_multiple_of")),
            "silu",
            false,
            new GatedFeedForward.Names("", "proj_up_gate", "proj_up", "proj_down"));
    var memory = memory(config, width, eps);
    Weights row = Weights.row(width, 0);
    Layer layer =
        Layer.of(MEMORY)
            .with("norm_mlstm.weight", "memory_norm", row)
            .with("mlstm_layer.", "memory.", memory)
            .with("norm_ffn.weight", "ffn_norm", row)
            .with("ffn.", "ffn.", ffn);
    double cap = config.number("output_logit_soft_cap");
    return new Hybrid(ends, "backbone.blocks.", ffn)
        .kind(MEMORY, layer, memory)
        .stack(
            name,
            Collections.nCopies(blocks, MEMORY),
            Settings.of(eps, ffn.value()),
            text -> text.set("logit_cap", cap, 0));
  }

  private static void require(Config config, String key, int value) {
    if (config.size(key, value) != value) {
      throw config.wrong(key, String.valueOf(value));
    }
  }

  private static MatrixMemory memory(Config config, int width, double eps) {
    int heads = config.size("num_heads");
    int keys = (int) (width * config.number("qk_dim_factor"));
    int values = (int) (width * config.number("v_dim_factor"));
    if (keys % heads != 0 || values % heads != 0) {
      throw config.wrong(
          "num_heads",
          "a divisor of the %d channels of keys and the %d of values".formatted(keys, values));
    }
    double cap = config.number("gate_soft_cap");
    return new MatrixMemory(width, heads, keys / heads, values / heads, cap, eps);
  }

  private static int hidden(int width, double factor, int multiple) {
    return (int) Math.floor((width * factor + multiple - 1) / multiple) * multiple;
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return sketch
        .recurrence(MemoryShape.class)
        .map(memory -> {
          ObjectNode json = new DecoderConfig(sketch, written(), false).json();
          double width = sketch.model().architecture().width();
          json.put("num_heads", memory.heads());
          json.put("qk_dim_factor", factor(memory.heads() * memory.keyWidth(), width));
          json.put("v_dim_factor", factor(memory.heads() * memory.valueWidth(), width));
          json.put("norm_eps", sketch.eps());
          json.put("gate_soft_cap", gateCap(sketch));
          json.put("output_logit_soft_cap", sketch.options().logitCap());
          putHidden(json, (int) width, sketch.hidden());
          return json;
        });
  }

  /** What the first gate is divided by before its tanh. */
  private static double gateCap(Sketch sketch) {
    var walk = new Walk(sketch.model().layer(0).graph());
    return walk.first(node -> node.op().equals(new Op.Unary(UnaryFunction.TANH)))
        .flatMap(node -> walk.constant(walk.operand(node, 0)))
        .orElse(15.0);
  }

  /** A factor that gives this number of channels, rounded down. */
  private static double factor(int channels, double width) {
    double factor = channels / width;
    return (int) (width * factor) == channels ? factor : (channels + 0.5) / width;
  }

  private static void putHidden(ObjectNode json, int width, int hidden) {
    int multiple = json.path("ffn_round_up_to_multiple_of").asInt();
    if (hidden(width, json.path("ffn_proj_factor").asDouble(), multiple) != hidden) {
      json.put("ffn_round_up_to_multiple_of", 1);
      json.put("ffn_proj_factor", factor(hidden, width));
    }
  }
}
