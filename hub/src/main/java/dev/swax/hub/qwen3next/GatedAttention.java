package dev.swax.hub.qwen3next;

import dev.swax.hub.decoder.Rope;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Words;
import dev.swax.hub.weight.Columns;
import dev.swax.hub.weight.Layout;
import dev.swax.hub.weight.WeightTable;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;

/**
 * Attention whose queries and keys are normed, and what it gives gated. Queries and gates are one
 * tensor, head by head.
 *
 * @param bias of all projections
 * @param written which channels the text turns together; the published code turns halves
 */
record GatedAttention(
    int width,
    int heads,
    int keyHeads,
    int head,
    boolean bias,
    double eps,
    Rope rope,
    Pairs written)
    implements Part {
  @Override
  public void declare(ModelText text) {
    text.size("heads", heads);
    text.size("key_heads", keyHeads);
    text.size("head", head);
    text.declare(
        """
        /// Attention whose queries and keys are normed, and what it gives gated.
        cell gated_attention(heads, key_heads, head, rope) {
          q: [head] = rmsnorm(linear(x%1$s), weights: shared, epsilon: %2$s)
          k: [head] per key_heads = rmsnorm(linear(x%1$s), weights: shared, epsilon: %2$s)
          v: [head] per key_heads = linear(x%1$s)
          y = attend(%3$s, %4$s, v)
          g: [head] = sigmoid(linear(x%1$s))
          out = linear(y * g, init: wang%1$s)
        }
        """
            .formatted(
                bias ? ", bias: zeros" : "",
                Words.number(eps),
                rope.of("q", written),
                rope.of("k", written)));
  }

  @Override
  public String value() {
    return "gated_attention(heads: heads, key_heads: key_heads, head: head, rope: %s)"
        .formatted(Words.number(rope.base()));
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    int queries = heads * head;
    int keys = keyHeads * head;
    Columns turned = turned();
    String both = there + "q_proj";
    table.tensor(both + ".weight", 2L * queries, width);
    Columns apart = turned.spread(head, 2 * head);
    Layout layout = Layout.transposed(width, queries);
    table.link(both + ".weight", here + "q", layout.ordered(apart));
    Columns gates = Columns.apart(head, 2 * head);
    table.link(both + ".weight", here + "g", layout.from((long) head * width).ordered(gates));
    if (bias) {
      Layout row = Layout.vector(queries);
      table.tensor(both + ".bias", 2L * queries);
      table.link(both + ".bias", here + "q_bias", row.ordered(apart));
      table.link(both + ".bias", here + "g_bias", row.from(head).ordered(gates));
    }
    table.linear(there + "k_proj", here + "k", width, keys, bias, turned);
    table.linear(there + "v_proj", here + "v", width, keys, bias);
    table.linear(there + "o_proj", here + "out", queries, width, bias);
    row(table, there + "q_norm.weight", here + "norm", turned);
    row(table, there + "k_norm.weight", here + "norm_2", turned);
  }

  /** Stored as what is added to 1, and turned with its channels. */
  private void row(WeightTable.Builder table, String published, String parameter, Columns turned) {
    table
        .tensor(published, head)
        .link(published, parameter, Layout.vector(head).ordered(turned), 1);
  }

  private Columns turned() {
    return written == Pairs.HALF
        ? Columns.SAME
        : Columns.neighboursToHalves(head, (int) Math.round(head * rope.share()));
  }
}
