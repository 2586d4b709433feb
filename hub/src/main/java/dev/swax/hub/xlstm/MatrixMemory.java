package dev.swax.hub.xlstm;

import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Words;
import dev.swax.hub.weight.WeightTable;

/**
 * mLSTM.
 *
 * @param channels of a value
 * @param cap of the gates
 * @param eps of the norm of what is read
 */
record MatrixMemory(int width, int heads, int key, int channels, double cap, double eps)
    implements Part {
  @Override
  public void declare(ModelText text) {
    text.size("heads", heads);
    text.size("key", key);
    text.size("value", channels);
    text.declare(
        """
        /// mLSTM: a matrix memory with exponential gates.
        cell mlstm(heads, key, value, cap = %s) {
          q, k: [key] = linear(x)
          v: [value] = linear(x)
          i = exp(soft_cap(linear(x, init: zeros, bias: -10), cap))
          f = sigmoid(soft_cap(linear(x, init: zeros, bias: linspace(3, 6)), cap))

          state S: [key, value]
          state n: [key]
          S' = f * S + i * outer(k, v)
          n' = f * n + i * k

          r = q / sqrt(key)
          y = r . S' / max(abs(r . n'), 1)
          o: [value] = sigmoid(linear(x, init: zeros))
          out = linear(layer_norm(y, epsilon: %s) * o, init: wang)
        }
        """
            .formatted(Words.number(cap), Words.number(eps)));
  }

  @Override
  public String value() {
    return "mlstm(heads: heads, key: key, value: value)";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    int values = heads * channels;
    table.linear(there + "q", here + "q", width, heads * key, false);
    table.linear(there + "k", here + "k", width, heads * key, false);
    table.linear(there + "v", here + "v", width, values, false);
    table.linear(there + "ogate_preact", here + "o", width, values, false);
    table.linear(there + "igate_preact", here + "i", width, heads, true);
    table.linear(there + "fgate_preact", here + "f", width, heads, true);
    table.vector(there + "multihead_norm.weight", here + "norm", values, 0);
    table.linear(there + "out_proj", here + "out", values, width, false);
  }
}
