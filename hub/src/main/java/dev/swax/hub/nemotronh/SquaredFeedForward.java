package dev.swax.hub.nemotronh;

import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.weight.WeightTable;

/**
 * A feed-forward of squared ReLU, without a gate.
 *
 * @param size the name of its channels in the model
 */
record SquaredFeedForward(int width, int hidden, String size, boolean bias) implements Part {
  @Override
  public void declare(ModelText text) {
    text.size(size, hidden);
    text.declare(
        """
        /// A feed-forward of squared ReLU.
        ffn relu2(hidden) {
          up: [hidden] = linear(x%1$s)
          down: [width] = linear(relu(up) ^ 2, init: wang%1$s)
          out = down
        }
        """
            .formatted(bias ? ", bias: zeros" : ""));
  }

  @Override
  public String value() {
    return "relu2(hidden: " + size + ")";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    table.linear(there + "up_proj", here + "up", width, hidden, bias);
    table.linear(there + "down_proj", here + "down", hidden, width, bias);
  }
}
