package dev.swax.hub.decoder;

import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.weight.WeightTable;
import dev.swax.hub.weight.WeightTable.Output;

/**
 * A feed-forward with a gate.
 *
 * @param activation of the gate: {@code silu} or {@code gelu}
 * @param bias of all three projections
 */
public record GatedFeedForward(int width, int hidden, String activation, boolean bias, Names names)
    implements Part {

  /**
   * How its tensors are called.
   *
   * @param fused gates and ups in one tensor; empty where each has its own
   */
  public record Names(String fused, String gate, String up, String down) {
    public static final Names USUAL = new Names("", "gate_proj", "up_proj", "down_proj");
    public static final Names FUSED = new Names("gate_up_proj", "", "", "down_proj");
  }

  @Override
  public void declare(ModelText text) {
    text.size("hidden", hidden);
    if (bias) {
      text.declare(
          """
          /// A gated feed-forward with biases.
          ffn biased(hidden) {
            gate, up: [hidden] = linear(x, bias: zeros)
            inner: [hidden] = %s(gate) * up
            down: [width] = linear(inner, init: wang, bias: zeros)
            out = down
          }
          """
              .formatted(activation));
    }
  }

  @Override
  public String value() {
    String ffn = bias ? "biased" : activation.equals("gelu") ? "geglu" : "swiglu";
    return ffn + "(hidden: hidden)";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    if (names.fused().isEmpty()) {
      table.linear(there + names.gate(), here + "gate", width, hidden, bias);
      table.linear(there + names.up(), here + "up", width, hidden, bias);
    } else {
      table.stacked(
          there + names.fused(),
          width,
          bias,
          Output.of(here + "gate", hidden),
          Output.of(here + "up", hidden));
    }
    table.linear(there + names.down(), here + "down", hidden, width, bias);
  }
}
