package dev.swax.tests.hub;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.PublishedClass;
import dev.swax.hub.catalog.Classes;
import dev.swax.hub.folder.HubFolder;
import dev.swax.runtime.UserError;
import dev.swax.tests.Golden;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a hybrid class does not compute is refused by the key that says it. */
class HybridRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "lfm2; layer_types; [\"conv\", \"mamba\", \"conv\", \"conv\"]; conv or full_attention",
        "lfm2; num_attention_heads; 3; a divisor of the width, 16",
        "lfm2; conv_use_bias; true; which swax does not know",
        "qwen3_next; norm_topk_prob; false; computes true",
        "qwen3_next; mlp_only_layers; [1]; experts in all layers",
        "qwen3_next; linear_num_value_heads; 3; a multiple of 2",
        "qwen3_next; hidden_act; \"relu\"; computes silu",
        "olmo_hybrid; linear_num_value_heads; 5; a multiple of 2",
        "olmo_hybrid; layer_types; [\"full_attention\"]; a list of 4",
        "recurrent_gemma; hidden_activation; \"silu\"; computes gelu_pytorch_tanh",
        "recurrent_gemma; block_types; []; but a list is expected",
        "recurrent_gemma; lru_width; 10; `num_attention_heads` = 4",
        "recurrent_gemma; intermediate_size; 25; an even number",
        "xlstm; use_bias; true; computes false",
        "xlstm; weight_mode; \"fused\"; computes single",
        "xlstm; eps; 0.001; computes 1.0E-6",
        "xlstm; embedding_dim; 32; but 16 is expected",
        "xlstm; qk_dim_factor; 0.4; `num_heads` = 4",
      })
  void namesTheKey(String name, String key, String value, String told) throws IOException {
    ObjectNode config = HubFolder.config(Golden.folder("hub").resolve(name));
    PublishedClass published = Classes.named(config.path("model_type").asText());
    config.set(key, new JsonMapper().readTree(value));
    assertThatThrownBy(() -> published.read("config.json", config, "m", published.pairs()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(told)
        .hasMessageContaining(told.startsWith("`") ? told : "`" + key + "`");
  }
}
