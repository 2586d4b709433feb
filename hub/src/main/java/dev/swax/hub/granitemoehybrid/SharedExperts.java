package dev.swax.hub.granitemoehybrid;

import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.weight.Layout;
import dev.swax.hub.weight.WeightTable;

/**
 * Experts beside a feed-forward that all tokens have.
 *
 * @param expert channels within an expert
 */
record SharedExperts(int width, int expert, int experts, int active, GatedFeedForward shared)
    implements Part {
  @Override
  public void declare(ModelText text) {
    text.size("expert", expert);
    shared.declare(text);
  }

  @Override
  public String value() {
    return "moe(swiglu(hidden: expert), experts: %d, active: %d, shared: %s)"
        .formatted(experts, active, shared.value());
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    String moe = there + "block_sparse_moe.";
    table.linear(moe + "router.layer.weight", here + "router", width, experts);
    String in = moe + "input_linear.weight";
    String out = moe + "output_linear.weight";
    table.tensor(in, experts, 2L * expert, width).tensor(out, experts, width, expert);
    long size = (long) width * expert;
    for (int i = 0; i < experts; i++) {
      Layout rows = Layout.transposed(width, expert).ofRows(i * width);
      table.link(in, here + "experts.gate", rows.from(2 * i * size));
      table.link(in, here + "experts.up", rows.from((2 * i + 1) * size));
      Layout back = Layout.transposed(expert, width).ofRows(i * expert);
      table.link(out, here + "experts.down", back.from(i * size));
    }
    shared.link(table, there + "shared_mlp.", here + "shared.");
  }
}
