package dev.swax.hub.layer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.Blueprint;
import dev.swax.hub.PublishedClass;
import dev.swax.hub.folder.Config;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.List;
import java.util.Set;

/**
 * A class whose model is a stack of layers. Its defaults are the config.json that transformers
 * assumes where a file is silent; they are all the keys that it knows.
 */
public abstract class LayeredClass implements PublishedClass {
  /** Keys that change nothing that is computed here, whatever they say. */
  private static final Set<String> HARMLESS =
      Set.of(
          "_attn_implementation_autoset",
          "_name_or_path",
          "_sliding_window_pattern",
          "architectures",
          "attention_dropout",
          "attn_implementation",
          "auto_map",
          "bos_token_id",
          "chunk_size_feed_forward",
          "dtype",
          "eos_token_id",
          "id2label",
          "initializer_range",
          "is_encoder_decoder",
          "label2id",
          "max_position_embeddings",
          "max_window_layers",
          "sliding_window_pattern",
          "model_type",
          "num_labels",
          "output_attentions",
          "output_hidden_states",
          "output_router_logits",
          "pad_token_id",
          "pretraining_tp",
          "problem_type",
          "return_dict",
          "router_aux_loss_coef",
          "torch_dtype",
          "transformers_version",
          "use_cache");

  private static final int MOST_LAYERS = 4096;
  private static final int MOST_EXPERTS = 65_536;

  /** A config.json that says nothing. */
  protected abstract ObjectNode silent();

  /**
   * What a config.json means.
   *
   * @param name of the model in the text
   * @param written which channels the text turns together
   */
  protected abstract Stack stack(Config config, String name, Pairs written);

  @Override
  public final Blueprint read(String place, ObjectNode json, String name, Pairs written) {
    Config config = Config.of(place, json, silent());
    config.atMost("num_hidden_layers", MOST_LAYERS);
    for (String key : List.of("num_experts", "num_local_experts", "n_routed_experts")) {
      config.atMost(key, MOST_EXPERTS);
    }
    Stack stack = stack(config, name, written);
    config.finish(HARMLESS);
    return stack.blueprint();
  }
}
