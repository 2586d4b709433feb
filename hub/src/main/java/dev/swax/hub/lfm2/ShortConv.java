package dev.swax.hub.lfm2;

import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.weight.WeightTable;
import dev.swax.hub.weight.WeightTable.Output;

/**
 * A convolution over a few tokens between two gates.
 *
 * @param bias of both projections and of the convolution
 */
record ShortConv(int width, int taps, boolean bias) implements Part {
  @Override
  public void declare(ModelText text) {
    text.size("taps", taps);
    String zeros = bias ? ", bias: zeros" : "";
    text.declare(
        """
        /// A short convolution between two gates, all three made from the input.
        cell short_conv(taps) {
          B, C, u: [width] = linear(x%1$s)
          y = C * conv(B * u, taps%1$s)
          out = linear(y, init: wang%1$s)
        }
        """
            .formatted(zeros));
  }

  @Override
  public String value() {
    return "short_conv(taps: taps)";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    table.stacked(
        there + "in_proj",
        width,
        bias,
        Output.of(here + "B", width),
        Output.of(here + "C", width),
        Output.of(here + "u", width));
    table.convolutions(there + "conv", taps, bias, Output.of(here + "y_conv", width));
    table.linear(there + "out_proj", here + "out", width, width, bias);
  }
}
