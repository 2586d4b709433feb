package dev.swax.hub.mamba;

import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Words;
import dev.swax.hub.weight.WeightTable;
import dev.swax.hub.weight.WeightTable.Output;
import java.util.List;

/**
 * A Mamba-2 layer's memory. Published code makes gate, values, B, C and steps of one projection,
 * and sends values, B and C through one convolution; here each has its own.
 *
 * @param times what gate, values, B, C and steps are multiplied by
 */
public record MambaMixer(MambaShape shape, GatedNorm norm, StepLimits limits, List<Double> times)
    implements Part {
  /** Nothing is multiplied. */
  public static final List<Double> ONCE = List.of(1.0, 1.0, 1.0, 1.0, 1.0);

  public MambaMixer {
    times = List.copyOf(times);
  }

  /** That of a hybrid whose gate comes before a norm over the width. */
  public static MambaMixer ofHybrid(Config config, int width) {
    return new MambaMixer(
        MambaShape.ofHybrid(config, width, config.size("mamba_expand") * width),
        new GatedNorm(GatedNorm.Kind.GATE_FIRST, "width", config.number("rms_norm_eps")),
        StepLimits.of(config, "time_step_limit"),
        ONCE);
  }

  @Override
  public void declare(ModelText text) {
    text.size("memory_heads", shape.heads());
    text.size("key", shape.key());
    text.size("value", shape.value());
    text.size("groups", shape.groups());
    text.declare(
        """
        /// Mamba-2: a scalar decay, steps of learnt length, keys shared by the heads of a group.
        cell mamba(heads, key, value, groups, conv = %d) {
          u: [value] = %s
        %s%s  rate = weight(init: log(uniform(1, 16)))

          state S: [key, value]
          S' = exp(-exp(rate) * d) * S + d * outer(B, u)

          p = weight(init: constant(1))
          y = C . S' + p * u
          g: [value] = silu(%s)
          out = linear(%s, init: wang%s)
        }
        """
            .formatted(
                shape.conv(),
                convolved(1),
                keys(),
                step(),
                projected(0),
                norm.text(),
                shape.outBias() ? ", bias: zeros" : ""));
  }

  private String keys() {
    return times.get(2).equals(times.get(3))
        ? "  B, C: [key] per groups = %s\n".formatted(convolved(2))
        : "  B: [key] per groups = %s\n  C: [key] per groups = %s\n"
            .formatted(convolved(2), convolved(3));
  }

  private String convolved(int index) {
    String bias = ", bias: uniform(-1 / sqrt(conv), 1 / sqrt(conv))";
    return "silu(conv(%s, conv%s))".formatted(projected(index), shape.convBias() ? bias : "");
  }

  private String projected(int index) {
    String linear = shape.inBias() ? "linear(x, bias: zeros)" : "linear(x)";
    return Words.times(times.get(index), linear);
  }

  /** The bias of steps is that of their projection, unless that is changed before it. */
  private String step() {
    String bias = "log(expm1(exp(uniform(log(0.001), log(0.1)))))";
    if (hasOffset()) {
      return "  offset = weight(init: %s)\n  d = %s\n"
          .formatted(bias, limits.text("softplus(%s + offset)".formatted(projected(4))));
    }
    return "  d = %s\n".formatted(limits.text("softplus(linear(x, bias: %s))".formatted(bias)));
  }

  private boolean hasOffset() {
    return shape.inBias() || times.get(4) != 1;
  }

  @Override
  public String value() {
    return "mamba(heads: memory_heads, key: key, value: value, groups: groups)";
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    int width = shape.width();
    table.stacked(
        there + "in_proj",
        width,
        shape.inBias(),
        Output.of(here + "g", shape.inner()),
        Output.of(here + "u", shape.inner()),
        Output.of(here + "B", shape.keys()),
        Output.of(here + "C", shape.keys()),
        Output.of(here + "d", shape.heads()));
    table.convolutions(
        there + "conv1d",
        shape.conv(),
        shape.convBias(),
        Output.of(here + "u_conv", shape.inner()),
        Output.of(here + "B_conv", shape.keys()),
        Output.of(here + "C_conv", shape.keys()));
    table.vector(there + "dt_bias", here + (hasOffset() ? "offset" : "d_bias"), shape.heads(), 0);
    table.vector(there + "A_log", here + "rate", shape.heads(), 0);
    table.vector(there + "D", here + "p", shape.heads(), 0);
    if (norm.kind() != GatedNorm.Kind.NONE) {
      table.vector(there + "norm.weight", here + "norm", shape.inner(), 0);
    }
    table.linear(there + "out_proj", here + "out", shape.inner(), width, shape.outBias());
  }
}
