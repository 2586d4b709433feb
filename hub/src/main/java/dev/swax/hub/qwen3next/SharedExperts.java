package dev.swax.hub.qwen3next;

import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.weight.WeightTable;

/**
 * Experts beside one that all tokens have a share of. Each expert has tensors of its own.
 *
 * @param active how many a token goes to
 * @param expert channels of each
 * @param shared channels of the one for all
 */
record SharedExperts(int width, int experts, int active, int expert, int shared) implements Part {
  @Override
  public void declare(ModelText text) {
    text.size("experts", experts);
    text.size("active", active);
    text.size("expert", expert);
    text.size("hidden", shared);
  }

  @Override
  public String value() {
    return "moe(swiglu(hidden: expert), experts: experts, active: active,"
        + " shared: gated_ffn(swiglu(hidden: hidden)))";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    table.linear(there + "gate", here + "router", width, experts, false);
    for (int i = 0; i < experts; i++) {
      String one = there + "experts." + i + ".";
      table.expert(one + "gate_proj.weight", here + "experts.gate", width, expert, i);
      table.expert(one + "up_proj.weight", here + "experts.up", width, expert, i);
      table.expert(one + "down_proj.weight", here + "experts.down", expert, width, i);
    }
    String common = there + "shared_expert.";
    table.linear(common + "gate_proj", here + "shared.ffn.gate", width, shared, false);
    table.linear(common + "up_proj", here + "shared.ffn.up", width, shared, false);
    table.linear(common + "down_proj", here + "shared.ffn.down", shared, width, false);
    table.linear(there + "shared_expert_gate", here + "shared.share", width, 1, false);
  }
}
