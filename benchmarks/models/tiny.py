"""Tiny random models of published classes, made by transformers: every class with all its features."""
import os
import sys

import torch
import transformers as tf

LLAMA3 = {"rope_type": "llama3", "rope_theta": 10000.0, "factor": 4.0, "low_freq_factor": 1.0,
          "high_freq_factor": 4.0, "original_max_position_embeddings": 32}
YARN = {"rope_type": "yarn", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 64}
LONGROPE = {"rope_type": "longrope", "rope_theta": 10000.0, "short_factor": [1.0, 1.05, 1.1],
            "long_factor": [1.0, 1.5, 4.0]}
PLAIN = {"rope_type": "default", "rope_theta": 10000.0}

SIZES = dict(vocab_size=288, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
             num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=256,
             bos_token_id=None, eos_token_id=None, pad_token_id=None)

# The cache of xLSTM in transformers has room for keys of 64 channels; logits alone need none.
XLSTM = {32: 128, 16: 16}


def sizes(**more):
    return {**SIZES, **more}


def memory(**more):
    return dict(vocab_size=288, hidden_size=32, num_hidden_layers=2, bos_token_id=None, eos_token_id=None, pad_token_id=None, **more)


def hybrid(**more):
    return {**sizes(mamba_n_heads=8, mamba_d_head="auto", mamba_d_state=6, mamba_n_groups=2), **more}


def nemotron(**more):
    some = {key: value for key, value in SIZES.items() if key != "num_hidden_layers"}
    return tf.NemotronHConfig(**{**some, "head_dim": 8, "mamba_num_heads": 8, "mamba_head_dim": 8, "ssm_state_size": 6, "n_groups": 2,
                                 "n_routed_experts": 4, "moe_intermediate_size": 12, "moe_shared_expert_intermediate_size": 20, **more})


# Name of the case: class of transformers, its config.
CASES = {
    "llama": (tf.LlamaForCausalLM, lambda: tf.LlamaConfig(**sizes(rope_parameters=LLAMA3, attention_bias=True, mlp_bias=True))),
    "llama_tied": (tf.LlamaForCausalLM, lambda: tf.LlamaConfig(**sizes(head_dim=12, tie_word_embeddings=True, rms_norm_eps=1e-5))),
    "mistral": (tf.MistralForCausalLM, lambda: tf.MistralConfig(**sizes(sliding_window=7, rope_parameters=PLAIN))),
    "qwen2": (tf.Qwen2ForCausalLM, lambda: tf.Qwen2Config(**sizes(num_hidden_layers=3, use_sliding_window=True, sliding_window=7, max_window_layers=2, rope_parameters=YARN))),
    "qwen3": (tf.Qwen3ForCausalLM, lambda: tf.Qwen3Config(**sizes(head_dim=12, tie_word_embeddings=True))),
    "smollm3": (tf.SmolLM3ForCausalLM, lambda: tf.SmolLM3Config(**sizes(num_hidden_layers=4))),
    "olmo2": (tf.Olmo2ForCausalLM, lambda: tf.Olmo2Config(**sizes())),
    "olmo3": (tf.Olmo3ForCausalLM, lambda: tf.Olmo3Config(**sizes(num_hidden_layers=4, sliding_window=7, rope_parameters={
        "full_attention": {**YARN, "rope_theta": 500000.0}, "sliding_attention": {"rope_type": "default", "rope_theta": 500000.0}}))),
    "phi3": (tf.Phi3ForCausalLM, lambda: tf.Phi3Config(**sizes(sliding_window=9, original_max_position_embeddings=16, rope_parameters={**LONGROPE, "partial_rotary_factor": 0.75}))),
    "gemma2": (tf.Gemma2ForCausalLM, lambda: tf.Gemma2Config(**sizes(head_dim=12, sliding_window=7, query_pre_attn_scalar=9))),
    "gemma3": (tf.Gemma3ForCausalLM, lambda: tf.Gemma3TextConfig(**sizes(num_hidden_layers=7, head_dim=12, num_key_value_heads=1, sliding_window=7, query_pre_attn_scalar=16))),
    "cohere2": (tf.Cohere2ForCausalLM, lambda: tf.Cohere2Config(**sizes(num_hidden_layers=4, sliding_window=7, logit_scale=0.25))),
    "granite": (tf.GraniteForCausalLM, lambda: tf.GraniteConfig(**sizes(attention_multiplier=0.1, embedding_multiplier=12.0, residual_multiplier=0.22, logits_scaling=8.0))),
    "gpt_oss": (tf.GptOssForCausalLM, lambda: tf.GptOssConfig(**sizes(num_hidden_layers=3, head_dim=8, num_local_experts=4, num_experts_per_tok=2, sliding_window=7, rope_parameters={**YARN, "truncate": False, "rope_theta": 150000.0}))),
    "mamba2": (tf.Mamba2ForCausalLM, lambda: tf.Mamba2Config(**memory(num_heads=8, head_dim=8, state_size=6, n_groups=2, use_bias=True, layer_norm_epsilon=1e-6))),
    "mamba2_tied": (tf.Mamba2ForCausalLM, lambda: tf.Mamba2Config(**memory(num_heads=4, head_dim=16, state_size=6, n_groups=1, conv_kernel=3, use_conv_bias=False, tie_word_embeddings=True))),
    "mamba2_bounded": (tf.Mamba2ForCausalLM, lambda: tf.Mamba2Config(**memory(num_heads=8, head_dim=8, state_size=6, n_groups=2, time_step_limit=(0.5, 0.9)))),
    "bamba": (tf.BambaForCausalLM, lambda: tf.BambaConfig(**hybrid(num_hidden_layers=3, attn_layer_indices=[1], attention_bias=True, mlp_bias=True, mamba_proj_bias=True))),
    "granitemoehybrid": (tf.GraniteMoeHybridForCausalLM, lambda: tf.GraniteMoeHybridConfig(**hybrid(
        num_hidden_layers=3, layer_types=["linear_attention", "full_attention", "linear_attention"], attention_multiplier=0.1, embedding_multiplier=12.0,
        residual_multiplier=0.22, logits_scaling=8.0, num_local_experts=4, num_experts_per_tok=2, shared_intermediate_size=24, tie_word_embeddings=True))),
    "granitemoehybrid_dense": (tf.GraniteMoeHybridForCausalLM, lambda: tf.GraniteMoeHybridConfig(**hybrid(
        num_hidden_layers=3, layer_types=["linear_attention", "linear_attention", "full_attention"], position_embedding_type="rope",
        num_local_experts=0, shared_intermediate_size=24, mamba_conv_bias=False))),
    "falcon_h1": (tf.FalconH1ForCausalLM, lambda: tf.FalconH1Config(**hybrid(
        head_dim=6, mamba_d_ssm=48, mamba_d_head=6, ssm_in_multiplier=1.125, ssm_multipliers=[0.75, 0.5, 0.25, 1.5, 0.625], ssm_out_multiplier=0.25,
        attention_in_multiplier=1.25, attention_out_multiplier=0.9375, key_multiplier=0.375, mlp_multipliers=[0.875, 0.625], embedding_multiplier=5.5,
        lm_head_multiplier=0.75, rope_parameters={**PLAIN, "rope_theta": 1e11}))),
    "falcon_h1_normed": (tf.FalconH1ForCausalLM, lambda: tf.FalconH1Config(**hybrid(
        mamba_d_ssm=48, mamba_d_head=6, mamba_rms_norm=True, attention_bias=True, mlp_bias=True, projectors_bias=True, mamba_proj_bias=True,
        ssm_multipliers=[1.0, 1.0, 1.0, 1.0, 0.5], tie_word_embeddings=True))),
    "nemotron_h": (tf.NemotronHForCausalLM, lambda: nemotron(layers_block_type=["linear_attention", "mlp", "full_attention", "moe", "linear_attention"], routed_scaling_factor=2.5)),
    "nemotron_h_biased": (tf.NemotronHForCausalLM, lambda: nemotron(layers_block_type=["linear_attention", "mlp", "full_attention", "mlp"], use_bias=True, mlp_bias=True, n_groups=1)),
    "lfm2": (tf.Lfm2ForCausalLM, lambda: tf.Lfm2Config(**sizes(num_hidden_layers=4, full_attn_idxs=[2], block_multiple_of=8, conv_bias=True))),
    "lfm2_moe": (tf.Lfm2MoeForCausalLM, lambda: tf.Lfm2MoeConfig(**sizes(num_hidden_layers=5, layer_types=["conv", "full_attention", "conv", "conv", "full_attention"], num_dense_layers=2, moe_intermediate_size=12, num_experts=6, num_experts_per_tok=3, routed_scaling_factor=1.5))),
    "qwen3_next": (tf.Qwen3NextForCausalLM, lambda: tf.Qwen3NextConfig(**sizes(num_hidden_layers=4, head_dim=16, linear_num_key_heads=2, linear_num_value_heads=4, linear_key_head_dim=4, linear_value_head_dim=8, num_experts=6, num_experts_per_tok=3, moe_intermediate_size=12, shared_expert_intermediate_size=20))),
    "olmo_hybrid": (tf.OlmoHybridForCausalLM, lambda: tf.OlmoHybridConfig(**sizes(num_hidden_layers=4, linear_num_key_heads=2, linear_num_value_heads=4, linear_key_head_dim=16, linear_value_head_dim=8, rope_parameters={"rope_type": "default", "rope_theta": None}))),
    "olmo_hybrid_turned": (tf.OlmoHybridForCausalLM, lambda: tf.OlmoHybridConfig(**sizes(linear_allow_neg_eigval=False, linear_key_head_dim=8, linear_value_head_dim=8, layer_types=["linear_attention", "full_attention"], rope_parameters=YARN))),
    "recurrent_gemma": (tf.RecurrentGemmaForCausalLM, lambda: tf.RecurrentGemmaConfig(**{**sizes(num_hidden_layers=4, attention_window_size=7, logits_soft_cap=3.0, num_key_value_heads=1)})),
    "xlstm": (tf.xLSTMForCausalLM, lambda: tf.xLSTMConfig(vocab_size=SIZES["vocab_size"], hidden_size=XLSTM.get(SIZES["hidden_size"]), num_hidden_layers=2, num_heads=4, ffn_round_up_to_multiple_of=8, gate_soft_cap=12.0)),
}

# Cases that transformers generates otherwise than it reads a prompt: it bounds steps only there.
WITHOUT_CACHE = {"mamba2_bounded"}


def randomize(model):
    """Every weight at random, norms and biases too; small enough for bf16 to say much."""
    generator = torch.Generator().manual_seed(1)
    for name, weight in model.named_parameters():
        noise = torch.randn(weight.shape, generator=generator)
        one = weight.dim() == 1 and bool((weight == 1).all())
        with torch.no_grad():
            weight.copy_((1 if one else 0) + (0.25 if weight.dim() > 1 else 0.3) * noise)
    for name, correction in model.named_buffers():
        if name.endswith(("e_score_correction_bias", "expert_bias")):
            correction.copy_(0.3 * torch.randn(correction.shape, generator=generator))


def make(name):
    cls, config = CASES[name]
    config = config()
    config._attn_implementation = "eager"
    model = cls(config).eval()
    randomize(model)
    return model


def logits(model, tokens):
    with torch.no_grad():
        return model(torch.tensor([tokens]), use_cache=False).logits[0].float()


if __name__ == "__main__":
    folder, names = sys.argv[1], sys.argv[2:] or list(CASES)
    for name in names:
        make(name).save_pretrained(os.path.join(folder, name))
        print(name)
