package dev.swax.hub.recurrentgemma;

import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.weight.Layout;
import dev.swax.hub.weight.WeightTable;
import dev.swax.hub.weight.WeightTable.Output;

/**
 * The recurrent block, whose first token comes in whole.
 *
 * @param heads whose channels make the gates of their own
 * @param channels of a head
 * @param conv tokens of the convolution
 */
record GatedRecurrence(int width, int heads, int channels, int conv) implements Part {
  @Override
  public void declare(ModelText text) {
    text.size("memory_heads", heads);
    text.size("value", channels);
    text.declare(
        """
        /// RG-LRU, whose first token of a document comes in whole: `first` is 1 there, and 0 later.
        cell recurrent(heads, value, conv = %d) {
          u: [value] = conv(linear(x, init: normal(1 / sqrt(width)), bias: zeros), conv, bias: zeros)
          i, r: [value] = sigmoid(linear(u, within: head, init: normal(1 / sqrt(value)), bias: zeros))
          c: [value] = weight(init: log(expm1(-0.5 * log(uniform(0.9 ^ 2, 0.999 ^ 2)))))
          log_a: [value] = -8 * r * softplus(c)

          state age: [value]
          age' = 0.5 * age + 1
          first: [value] = relu(3 - 2 * age')

          state h: [value]
          h' = exp(log_a) * h + (first + (1 - first) * sqrt(-expm1(2 * log_a))) * i * u

          g: [value] = gelu(linear(x, init: normal(1 / sqrt(width)), bias: zeros))
          out = linear(g * h', init: wang, bias: zeros)
        }
        """
            .formatted(conv));
  }

  @Override
  public String value() {
    return "recurrent(heads: memory_heads, value: value)";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    int inner = heads * channels;
    table.linear(there + "linear_x", here + "u", width, inner, true);
    table.linear(there + "linear_y", here + "g", width, inner, true);
    table.convolutions(there + "conv_1d", conv, true, Output.of(here + "u_conv", inner));
    gate(table, there + "rg_lru.input_gate", here + "i");
    gate(table, there + "rg_lru.recurrent_gate", here + "r");
    table.vector(there + "rg_lru.recurrent_param", here + "c", inner, 0);
    table.linear(there + "linear_out", here + "out", inner, width, true);
  }

  /** Matrices of the heads, one below the other, stored as {@code [heads, in, out]}. */
  private void gate(WeightTable.Builder table, String published, String parameter) {
    table
        .tensor(published + "_weight", heads, channels, channels)
        .link(published + "_weight", parameter, Layout.asIs(heads * channels, channels))
        .tensor(published + "_bias", heads, channels)
        .link(published + "_bias", parameter + "_bias", Layout.vector(heads * channels));
  }
}
