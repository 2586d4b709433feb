package dev.swax.hub.falconh1;

import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Words;
import dev.swax.hub.weight.WeightTable;

/** A gated feed-forward whose gates and result are multiplied. */
record ScaledFeedForward(GatedFeedForward plain, double gate, double down) implements Part {
  /** Without a text of its own where nothing is multiplied. */
  static Part of(GatedFeedForward plain, Factors factors) {
    return factors.gate() == 1 && factors.down() == 1
        ? plain
        : new ScaledFeedForward(plain, factors.gate(), factors.down());
  }

  @Override
  public void declare(ModelText text) {
    text.size("hidden", plain.hidden());
    String bias = plain.bias() ? ", bias: zeros" : "";
    text.declare(
        """
        /// A gated feed-forward; gates and result are multiplied.
        ffn scaled(hidden) {
          gate, up: [hidden] = linear(x%1$s)
          down: [width] = linear(silu(%2$s) * up, init: wang%1$s)
          out = %3$s
        }
        """
            .formatted(bias, Words.times(gate, "gate"), Words.times(down, "down")));
  }

  @Override
  public String value() {
    return "scaled(hidden: hidden)";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    plain.link(table, there, here);
  }
}
