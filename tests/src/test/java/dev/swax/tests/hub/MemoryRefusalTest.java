package dev.swax.tests.hub;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.catalog.Classes;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import dev.swax.tests.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a config.json of a class with memories says that is not computed here. */
class MemoryRefusalTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mamba2           | {"hidden_act": "gelu"}              | has `hidden_act` = "gelu", but swax computes silu or swish
          mamba2           | {"expand": 3}                       | has `expand` = 3.0 and a width of 32, but 8 heads of 8 channels
          mamba2           | {"n_groups": 3}                     | has 8 heads of Mamba-2 in 3 groups, which do not fit
          mamba2           | {"time_step_limit": [0.0]}          | has `time_step_limit` = [0.0], but a pair, the least and the most of a step, is expected
          mamba2           | {"time_step_limit": [0.0, "far"]}   | has `time_step_limit` = "far", but a number is expected
          mamba2           | {"dt_rank": 3}                      | has `dt_rank` = 3, which swax does not know
          bamba            | {"partial_rotary_factor": 1.0}      | has `partial_rotary_factor` = 1.0, but swax computes 0.5
          bamba            | {"attn_rotary_emb": 8}              | has `attn_rotary_emb` = 8, but half of the 8 channels of a head is expected
          bamba            | {"attn_layer_indices": "all"}       | has `attn_layer_indices` = "all", but a list of whole numbers from 0 is expected
          bamba            | {"mamba_d_head": 5}                 | has 8 heads of Mamba-2 with 5 channels, but 64 channels in all
          granitemoehybrid | {"position_embedding_type": "alibi"} | has `position_embedding_type` = "alibi", but swax computes rope or nope
          granitemoehybrid | {"layer_types": ["memory", 1, 2]}   | has `layer_types` = "memory", but linear_attention or full_attention is expected
          granitemoehybrid | {"num_local_experts": -1}           | has `num_local_experts` = -1, but a whole number from 0 is expected
          falcon_h1        | {"mlp_multipliers": [1.0]}          | has `mlp_multipliers` = [1.0], but a list of two numbers is expected
          falcon_h1        | {"ssm_multipliers": [1.0, 2.0]}     | has `ssm_multipliers` = [1.0,2.0], but a list of five numbers is expected
          falcon_h1        | {"mamba_use_mlp": false}            | has `mamba_use_mlp` = false, but swax computes true
          mamba2           | {"num_hidden_layers": 1000000000}   | has `num_hidden_layers` = 1000000000, but at most 4096 is expected
          gpt_oss          | {"num_local_experts": 1000000000}   | has `num_local_experts` = 1000000000, but at most 65536 is expected
          qwen3_next       | {"num_experts": 1000000000}         | has `num_experts` = 1000000000, but at most 65536 is expected
          lfm2_moe         | {"layer_types": ["conv", "linear", 1, 2, 3]} | has `layer_types` = "linear", but conv or full_attention is expected
          lfm2_moe         | {"layer_types": null}               | has no `layer_types`
          lfm2_moe         | {"num_experts_per_tok": 7}          | has `num_experts_per_tok` = 7, but at most `num_experts`, which is 6, is expected
          lfm2_moe         | {"num_shared_experts": 1}           | has `num_shared_experts` = 1, which swax does not know
          nemotron_h       | {"mlp_hidden_act": "silu"}          | has `mlp_hidden_act` = "silu", but swax computes relu2
          nemotron_h       | {"tie_word_embeddings": true}       | has `tie_word_embeddings` = true, but swax computes false
          nemotron_h       | {"mamba_ssm_cache_dtype": "float16"} | has `mamba_ssm_cache_dtype` = "float16", but swax computes float32
          nemotron_h       | {"sliding_window": 7}               | has `sliding_window` = 7, but none is expected
          nemotron_h       | {"moe_latent_size": 8}              | has `moe_latent_size` = 8, but none is expected
          nemotron_h       | {"num_hidden_layers": 3}            | has `num_hidden_layers` = 3, but 5, as there are kinds of layers, is expected
          nemotron_h       | {"layers_block_type": null, "hybrid_override_pattern": "M-X"} | has `hybrid_override_pattern` = "M-X", but a text of M, *, - and E is expected
          """)
  void isNamedWithItsKey(String name, String change, String message)
      throws JsonProcessingException {
    ObjectNode config = json(Golden.read(Golden.folder("hub").resolve(name + "/config.json")));
    config.setAll(json(change));
    String type = config.path("model_type").asText();
    assertThatThrownBy(
            () -> Classes.named(type).read("config.json", config, "published", Pairs.HALF))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("config.json " + message);
  }

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(text);
  }
}
