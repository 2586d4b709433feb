package dev.swax.hub.gptoss;

import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.weight.Columns;
import dev.swax.hub.weight.Layout;
import dev.swax.hub.weight.WeightTable;
import java.util.List;

/** Experts with bounds: all in one tensor, gates and ups in turn. */
record BoundedExperts(int width, int hidden, int experts, int active) implements Part {
  @Override
  public void declare(ModelText text) {
    text.size("hidden", hidden);
    text.declare(
        """
        /// A gated feed-forward with bounds: `(up + 1) * gate * sigmoid(1.702 * gate)`.
        ffn bounded_swiglu(hidden, limit = 7) {
          gate, up: [hidden] = linear(x, bias: zeros)
          g: [hidden] = min(gate, limit)
          u: [hidden] = max(min(up, limit), -limit)
          down: [width] = linear((u + 1) * g * sigmoid(1.702 * g), init: wang, bias: zeros)
          out = down
        }
        """);
  }

  @Override
  public String value() {
    return "moe(bounded_swiglu(hidden: hidden), experts: %d, active: %d, bias: true)"
        .formatted(experts, active);
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    table.linear(there + "router", here + "router", width, experts, true);
    String in = there + "experts.gate_up_proj";
    table.tensor(in, experts, width, 2L * hidden).tensor(in + "_bias", experts, 2L * hidden);
    for (String part : List.of("gate", "up")) {
      String name = here + "experts." + part;
      int first = part.equals("gate") ? 0 : 1;
      table.link(in, name, everySecond(experts * width, hidden, first));
      table.link(in + "_bias", name + "_bias", everySecond(experts, hidden, first));
    }
    String out = there + "experts.down_proj";
    table
        .tensor(out, experts, hidden, width)
        .link(out, here + "experts.down", Layout.asIs(experts * hidden, width))
        .tensor(out + "_bias", experts, width)
        .link(out + "_bias", here + "experts.down_bias", Layout.asIs(experts, width));
  }

  private static Layout everySecond(int rows, int columns, int first) {
    return new Layout(0, rows, columns, first, 2L * columns, 2, Columns.SAME);
  }
}
