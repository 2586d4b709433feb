package dev.swax.hub.lfm2;

import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Words;
import dev.swax.hub.match.Shares;
import dev.swax.hub.weight.WeightTable;

/**
 * Experts that are chosen by sigmoids. Each has tensors of its own.
 *
 * @param expert channels within an expert
 * @param active how many a token goes to
 */
record SigmoidExperts(int width, int expert, int experts, int active, Shares shares)
    implements Part {
  /** What the published code adds to the sum that weights are divided by. */
  private static final double EPS = 1e-6;

  static SigmoidExperts of(Config config, int width) {
    int experts = config.size("num_experts");
    int active = config.size("num_experts_per_tok");
    if (active > experts) {
      throw config.wrong("num_experts_per_tok", "at most `num_experts`, which is " + experts + ",");
    }
    return new SigmoidExperts(
        width,
        config.size("moe_intermediate_size"),
        experts,
        active,
        new Shares(
            config.number("routed_scaling_factor"),
            config.flag("norm_topk_prob"),
            config.flag("use_expert_bias")));
  }

  @Override
  public void declare(ModelText text) {
    text.size("expert", expert);
    text.size("experts", experts);
    text.size("active", active);
  }

  @Override
  public String value() {
    return "moe(swiglu(hidden: expert), experts: experts, active: active, score: sigmoid"
        + (shares.normalized() ? ", eps: " + Words.number(EPS) : ", normalize: false")
        + (shares.scale() == 1 ? "" : ", scale: " + Words.number(shares.scale()))
        + (shares.corrected() ? ", correction: true)" : ")");
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    table.linear(there + "gate.weight", here + "router", width, experts);
    if (shares.corrected()) {
      table.vector(there + "expert_bias", here + "router_correction", experts, 0);
    }
    for (int i = 0; i < experts; i++) {
      String one = there + "experts." + i + ".";
      table.expert(one + "w1.weight", here + "experts.gate", width, expert, i);
      table.expert(one + "w3.weight", here + "experts.up", width, expert, i);
      table.expert(one + "w2.weight", here + "experts.down", expert, width, i);
    }
  }
}
