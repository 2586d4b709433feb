package dev.swax.hub.decoder;

import dev.swax.hub.decoder.Decoder.Attention;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Words;
import dev.swax.hub.weight.Columns;
import dev.swax.hub.weight.Layout;
import dev.swax.hub.weight.WeightTable;
import dev.swax.hub.weight.WeightTable.Output;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention whose keys are shared by groups of heads.
 *
 * @param cell its name in the text; kinds of layers with the same positions share one
 * @param width of the stream
 * @param norm of queries and keys, if they are normed
 * @param share of a head's channels that are turned
 * @param scale how positions are stretched, as the text says it, or empty
 * @param alone whether the cell is that of this kind only, and has not what this kind has not
 */
public record GroupedAttention(
    String cell,
    int width,
    Attention shape,
    Norm norm,
    double share,
    String scale,
    Kind kind,
    Names names,
    boolean alone)
    implements Part {

  /**
   * How its tensors are called.
   *
   * @param fused queries, keys and values in one tensor; empty where each has its own
   */
  public record Names(String fused, String out, String queryNorm, String keyNorm) {
    public static final Names USUAL = new Names("", "o_proj", "q_norm", "k_norm");
    public static final Names FUSED = new Names("qkv_proj", "o_proj", "q_norm", "k_norm");
  }

  /** That of a model whose layers all have the same positions. */
  public static GroupedAttention of(int width, Attention shape, Norm norm, Kind kind, Names names) {
    Rope rope = kind.rope();
    return new GroupedAttention(
        "grouped",
        width,
        shape,
        norm,
        rope == null ? 1 : rope.share(),
        rope == null ? "" : rope.scale(),
        kind,
        names,
        true);
  }

  @Override
  public String value() {
    return "%s(heads: heads, key_heads: key_heads, head: head%s%s)"
        .formatted(
            cell,
            kind.window() == 0 ? "" : ", window: window",
            kind.rope() == null ? "" : ", rope: " + Words.number(kind.rope().base()));
  }

  @Override
  public void declare(ModelText text) {
    text.size("heads", shape.heads());
    text.size("key_heads", shape.keyHeads());
    text.size("head", shape.head());
    String bias = shape.bias() ? ", bias: zeros" : "";
    text.declare(
        """
        /// %s
        cell %s(heads, key_heads, head%s%s) {
          q: [head] = linear(x%s)
          k, v: [head] per key_heads = linear(x%s)
        %s  y = attend(%s)
          out = linear(y, init: wang%s)
        }
        """
            .formatted(
                description(),
                cell,
                hasWindow() ? ", window: Window = none" : "",
                hasPositions() ? ", rope = none" : "",
                bias,
                bias,
                isNormed() ? normed() : "",
                String.join(", ", arguments()),
                shape.outBias() ? ", bias: zeros" : ""));
  }

  private boolean hasWindow() {
    return !alone || kind.window() > 0;
  }

  private boolean hasPositions() {
    return !alone || kind.rope() != null;
  }

  private boolean isNormed() {
    return shape.norm() != QueryNorm.NONE;
  }

  private String normed() {
    String over = shape.norm() == QueryNorm.HEAD ? "weights: shared" : "over: width";
    return """
      a: [head] = rmsnorm(q, %1$s, epsilon: %2$s)
      b: [head] per key_heads = rmsnorm(k, %1$s, epsilon: %2$s)
    """
        .formatted(over, Words.number(norm.eps()));
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(rotated(isNormed() ? "a" : "q"));
    arguments.add(rotated(isNormed() ? "b" : "k"));
    arguments.add("v");
    if (hasWindow()) {
      arguments.add("window: window");
    }
    if (shape.scale() != 0) {
      arguments.add("scale: " + Words.number(shape.scale()));
    }
    if (shape.cap() != 0) {
      arguments.add("cap: " + Words.number(shape.cap()));
    }
    if (shape.sinks()) {
      arguments.add("sinks: weight(init: zeros)");
    }
    return arguments;
  }

  private String description() {
    List<String> words = new ArrayList<>();
    words.add("Attention");
    if (shape.norm() == QueryNorm.HEAD) {
      words.add("with normed queries and keys");
    } else if (shape.norm() == QueryNorm.WIDTH) {
      words.add("with queries and keys normed over all heads");
    }
    if (shape.sinks()) {
      words.add(words.size() == 1 ? "with sinks" : "and sinks");
    }
    String pairs =
        hasPositions() && shape.written() == Pairs.HALF
            ? "; rotations pair the halves of a head"
            : "";
    String stretched = scale.isEmpty() ? "" : ", stretched positions";
    return String.join(" ", words) + stretched + pairs + ".";
  }

  private String rotated(String value) {
    if (!hasPositions()) {
      return value;
    }
    List<String> arguments = new ArrayList<>(List.of(value, "base: rope"));
    if (share != 1) {
      arguments.add("share: " + Words.number(share));
    }
    if (shape.written() == Pairs.HALF) {
      arguments.add("pairs: half");
    }
    if (!scale.isEmpty()) {
      arguments.add("scale: " + scale);
    }
    return "rotate(" + String.join(", ", arguments) + ")";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    int queries = shape.heads() * shape.head();
    int keys = shape.keyHeads() * shape.head();
    Columns turned = turned();
    if (names.fused().isEmpty()) {
      table.linear(there + "q_proj", here + "q", width, queries, shape.bias(), turned);
      table.linear(there + "k_proj", here + "k", width, keys, shape.bias(), turned);
      table.linear(there + "v_proj", here + "v", width, keys, shape.bias());
    } else {
      table.stacked(
          there + names.fused(),
          width,
          shape.bias(),
          new Output(here + "q", queries, turned),
          new Output(here + "k", keys, turned),
          Output.of(here + "v", keys));
    }
    table.linear(there + names.out(), here + "out", queries, width, shape.outBias());
    if (isNormed()) {
      boolean head = shape.norm() == QueryNorm.HEAD;
      String query = there + names.queryNorm() + ".weight";
      String key = there + names.keyNorm() + ".weight";
      row(table, query, here + "norm", head ? shape.head() : queries);
      row(table, key, here + "norm_2", head ? shape.head() : keys);
    }
    if (shape.sinks()) {
      table.vector(there + "sinks", here + "sinks", shape.heads(), 0);
    }
  }

  /** The weights of queries and keys, whose channels are turned with them. */
  private void row(WeightTable.Builder table, String published, String parameter, int length) {
    table
        .tensor(published, length)
        .link(published, parameter, Layout.vector(length).ordered(turned()), norm.plus());
  }

  private Columns turned() {
    if (kind.rope() == null || shape.pairs() == shape.written()) {
      return Columns.SAME;
    }
    int turned = (int) Math.round(shape.head() * kind.rope().share());
    return shape.written() == Pairs.INTERLEAVED
        ? Columns.neighboursToHalves(shape.head(), turned)
        : Columns.halvesToNeighbours(shape.head(), turned);
  }
}
