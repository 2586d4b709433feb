package dev.swax.hub.delta;

import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Words;
import dev.swax.hub.weight.Columns;
import dev.swax.hub.weight.Layout;
import dev.swax.hub.weight.WeightTable;
import dev.swax.hub.weight.WeightTable.Output;

/**
 * A memory of the gated delta rule (Yang et al., 2025).
 *
 * @param eps of the norm of what is read
 * @param doubled whether what is written may overshoot: its rate is up to 2 instead of 1
 * @param packed whether all that is made of the stream is in two tensors, head by head of the keys
 */
public record DeltaMixer(DeltaSizes sizes, double eps, boolean doubled, boolean packed)
    implements Part {

  @Override
  public void declare(ModelText text) {
    text.size("memory_heads", sizes.heads());
    text.size("groups", sizes.groups());
    text.size("key", sizes.key());
    text.size("value", sizes.value());
    text.declare(
        """
        /// Gated delta rule, keys and queries shared by groups of heads.
        cell delta(heads, groups, key, value, conv = %d) {
          q, k: [key] per groups = l2norm(silu(conv(linear(x), conv)))
          v: [value] = silu(conv(linear(x), conv))
          beta = %ssigmoid(linear(x))
          rate = weight(init: log(uniform(0.001, 16)))
          a = exp(-exp(rate) * softplus(linear(x, bias: log(expm1(exp(uniform(log(0.001), log(0.1))))))))

          state S: [key, value]
          S' = a * (S - beta * outer(k, k . S)) + beta * outer(k, v)

          y = q / sqrt(key) . S'
          g: [value] = silu(linear(x))
          out = linear(rmsnorm(y, epsilon: %s, weights: shared) * g, init: wang)
        }
        """
            .formatted(sizes.conv(), doubled ? "2 * " : "", Words.number(eps)));
  }

  @Override
  public String value() {
    return "delta(heads: memory_heads, groups: groups, key: key, value: value)";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    if (packed) {
      packed(table, there, here);
    } else {
      apart(table, there, here);
    }
    table.vector(there + "dt_bias", here + "a_bias", sizes.heads(), 0);
    table.vector(there + "A_log", here + "rate", sizes.heads(), 0);
    String norm = packed ? "norm.weight" : "o_norm.weight";
    table.vector(there + norm, here + "norm", sizes.value(), 0);
    String out = packed ? "out_proj" : "o_proj";
    table.linear(there + out, here + "out", sizes.values(), sizes.width(), false);
  }

  /** For each head of keys its query, key, values and gates; and its rates and decays. */
  private void packed(WeightTable.Builder table, String there, String here) {
    int key = sizes.key();
    int values = sizes.times() * sizes.value();
    String all = there + "in_proj_qkvz.weight";
    int stride = 2 * key + 2 * values;
    table.tensor(all, (long) sizes.groups() * stride, sizes.width());
    part(table, all, here + "q", key, 0, stride);
    part(table, all, here + "k", key, key, stride);
    part(table, all, here + "v", values, 2 * key, stride);
    part(table, all, here + "g", values, 2 * key + values, stride);
    String rates = there + "in_proj_ba.weight";
    int times = sizes.times();
    table.tensor(rates, 2L * sizes.heads(), sizes.width());
    part(table, rates, here + "beta", times, 0, 2 * times);
    part(table, rates, here + "a", times, times, 2 * times);
    table.convolutions(there + "conv1d", sizes.conv(), false, convolved(here));
  }

  private void part(
      WeightTable.Builder table, String all, String parameter, int columns, int first, int stride) {
    Layout layout = Layout.transposed(sizes.width(), sizes.groups() * columns);
    table.link(
        all,
        parameter,
        layout.from((long) first * sizes.width()).ordered(Columns.apart(columns, stride)));
  }

  private Output[] convolved(String here) {
    return new Output[] {
      Output.of(here + "q_conv", sizes.keys()),
      Output.of(here + "k_conv", sizes.keys()),
      Output.of(here + "v_conv", sizes.values())
    };
  }

  private void apart(WeightTable.Builder table, String there, String here) {
    int width = sizes.width();
    table.linear(there + "q_proj", here + "q", width, sizes.keys(), false);
    table.linear(there + "k_proj", here + "k", width, sizes.keys(), false);
    table.linear(there + "v_proj", here + "v", width, sizes.values(), false);
    table.linear(there + "g_proj", here + "g", width, sizes.values(), false);
    table.linear(there + "a_proj", here + "a", width, sizes.heads(), false);
    table.linear(there + "b_proj", here + "beta", width, sizes.heads(), false);
    String[] names = {"q_conv1d", "k_conv1d", "v_conv1d"};
    Output[] outputs = convolved(here);
    for (int i = 0; i < names.length; i++) {
      table.convolutions(there + names[i], sizes.conv(), false, outputs[i]);
    }
  }
}
