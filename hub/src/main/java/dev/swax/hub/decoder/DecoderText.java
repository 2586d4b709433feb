package dev.swax.hub.decoder;

import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The declarations of a decoder, as a person writes them. */
final class DecoderText {
  private final Decoder model;
  private final String name;
  private final StringBuilder out = new StringBuilder();

  private DecoderText(Decoder model, String name) {
    this.model = model;
    this.name = name;
  }

  /** From its cells to its model, which has that name. */
  static String of(Decoder model, String name) {
    var text = new DecoderText(model, name);
    text.cells();
    text.ffn();
    text.norm();
    text.block();
    text.model();
    return text.out.toString();
  }

  private void line(String text, Object... values) {
    out.append(values.length == 0 ? text : text.formatted(values)).append('\n');
  }

  /** One for all kinds of layers, unless positions are stretched in some of them only. */
  private void cells() {
    SequencedSet<String> scales = scales();
    if (scales.size() <= 1) {
      cell("grouped", scales.isEmpty() ? "" : scales.getFirst());
      return;
    }
    for (Kind kind : model.kinds()) {
      cell(cellOf(kind), kind.rope() == null ? "" : kind.rope().scale());
    }
  }

  private SequencedSet<String> scales() {
    SequencedSet<String> scales = new LinkedHashSet<>();
    for (Kind kind : model.kinds()) {
      if (kind.rope() != null) {
        scales.add(kind.rope().scale());
      }
    }
    return scales;
  }

  private String cellOf(Kind kind) {
    return scales().size() <= 1 ? "grouped" : kind.name() + "_attention";
  }

  private void cell(String cell, String scale) {
    Decoder.Attention attention = model.attention();
    String bias = attention.bias() ? ", bias: zeros" : "";
    line("/// %s", describe(scale));
    line("cell %s(heads, key_heads, head, window: Window = none, rope = none) {", cell);
    line("  q: [head] = linear(x%s)", bias);
    line("  k, v: [head] per key_heads = linear(x%s)", bias);
    String q = "q";
    String k = "k";
    if (attention.norm() != QueryNorm.NONE) {
      String over = attention.norm() == QueryNorm.HEAD ? "weights: shared" : "over: width";
      String eps = Words.number(model.norm().eps());
      line("  a: [head] = rmsnorm(q, %s, epsilon: %s)", over, eps);
      line("  b: [head] per key_heads = rmsnorm(k, %s, epsilon: %s)", over, eps);
      q = "a";
      k = "b";
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(rotated(q, scale));
    arguments.add(rotated(k, scale));
    arguments.add("v");
    arguments.add("window: window");
    if (attention.scale() != 0) {
      arguments.add("scale: " + Words.number(attention.scale()));
    }
    if (attention.cap() != 0) {
      arguments.add("cap: " + Words.number(attention.cap()));
    }
    if (attention.sinks()) {
      arguments.add("sinks: weight(init: zeros)");
    }
    line("  y = attend(%s)", String.join(", ", arguments));
    line("  out = linear(y, init: wang%s)", attention.outBias() ? ", bias: zeros" : "");
    line("}");
    line("");
  }

  private String describe(String scale) {
    List<String> words = new ArrayList<>();
    words.add("Attention");
    if (model.attention().norm() == QueryNorm.HEAD) {
      words.add("with normed queries and keys");
    } else if (model.attention().norm() == QueryNorm.WIDTH) {
      words.add("with queries and keys normed over all heads");
    }
    if (model.attention().sinks()) {
      words.add(words.size() == 1 ? "with sinks" : "and sinks");
    }
    String pairs =
        model.attention().written() == Pairs.HALF ? "; rotations pair the halves of a head" : "";
    String stretched = scale.isEmpty() ? "" : ", stretched positions";
    return String.join(" ", words) + stretched + pairs + ".";
  }

  private String rotated(String value, String scale) {
    List<String> arguments = new ArrayList<>(List.of(value, "base: rope"));
    double share =
        model.kinds().stream()
            .filter(kind -> kind.rope() != null)
            .mapToDouble(kind -> kind.rope() == null ? 1 : kind.rope().share())
            .findFirst()
            .orElse(1);
    if (share != 1) {
      arguments.add("share: " + Words.number(share));
    }
    if (model.attention().written() == Pairs.HALF) {
      arguments.add("pairs: half");
    }
    if (!scale.isEmpty()) {
      arguments.add("scale: " + scale);
    }
    return "rotate(" + String.join(", ", arguments) + ")";
  }

  private void ffn() {
    Decoder.FeedForward ffn = model.ffn();
    if (ffn.experts() > 0) {
      bounded();
      return;
    }
    if (!ffn.bias()) {
      return;
    }
    line("/// A gated feed-forward with biases.");
    line("ffn biased(hidden) {");
    line("  gate, up: [hidden] = linear(x, bias: zeros)");
    line("  inner: [hidden] = %s(gate) * up", ffn.activation());
    line("  down: [width] = linear(inner, init: wang, bias: zeros)");
    line("  out = down");
    line("}");
    line("");
  }

  private void bounded() {
    line("/// A gated feed-forward with bounds: `(up + 1) * gate * sigmoid(1.702 * gate)`.");
    line("ffn bounded_swiglu(hidden, limit = 7) {");
    line("  gate, up: [hidden] = linear(x, bias: zeros)");
    line("  g: [hidden] = min(gate, limit)");
    line("  u: [hidden] = max(min(up, limit), -limit)");
    line("  down: [width] = linear((u + 1) * g * sigmoid(1.702 * g), init: wang, bias: zeros)");
    line("  out = down");
    line("}");
    line("");
  }

  private void norm() {
    if (model.norm().centred()) {
      line("norm centred(eps) {");
      line("  out = layer_norm(x, over: width, epsilon: eps)");
      line("}");
      line("");
    }
  }

  private void block() {
    String times =
        model.ends().residual() == 1 ? "" : Words.number(model.ends().residual()) + " * ";
    if (times.contains("/")) {
      times = "(" + times.replace(" * ", "") + ") * ";
    }
    switch (model.wiring()) {
      case BEFORE -> {
        if (!times.isEmpty()) {
          line(
              "/// Both branches come back into the stream times %s.",
              Words.number(model.ends().residual()));
          layer("dampened", times + "mixer(norm(x))", times + "ffn(norm(h))");
        }
      }
      case AFTER -> {
        line("/// What a layer adds to the stream is normed, what it reads is not.");
        layer("post_norm", "norm(mixer(x))", "norm(ffn(h))");
      }
      case AROUND -> {
        line("/// A norm before and after attention and feed-forward.");
        layer("sandwich", "norm(mixer(norm(x)))", "norm(ffn(norm(h)))");
      }
      case PARALLEL -> {
        line("/// Attention and feed-forward side by side behind one norm.");
        line("block parallel(mixer, ffn) {");
        line("  n = norm(x)");
        line("  out = x + mixer(n) + ffn(n)");
        line("}");
        line("");
      }
    }
  }

  private void layer(String block, String mixer, String ffn) {
    line("block %s(mixer, ffn) {", block);
    line("  h = x + %s", mixer);
    line("  out = h + %s", ffn);
    line("}");
    line("");
  }

  private String blockName() {
    return switch (model.wiring()) {
      case BEFORE -> model.ends().residual() == 1 ? "" : "dampened";
      case AFTER -> "post_norm";
      case AROUND -> "sandwich";
      case PARALLEL -> "parallel";
    };
  }

  private void model() {
    Decoder.Attention attention = model.attention();
    int window = model.kinds().stream().mapToInt(Kind::window).max().orElse(0);
    line("model %s(", name);
    line("  width = %d,", model.width());
    line("  blocks = %d,", model.blocks());
    line("  heads = %d,", attention.heads());
    line("  key_heads = %d,", attention.keyHeads());
    line("  head = %d,", attention.head());
    line("  hidden = %d,", model.ffn().hidden());
    if (window > 0) {
      line("  window: Window = %d,", window);
    }
    line("  vocab = %d,", model.vocabulary());
    line(") {");
    if (!blockName().isEmpty()) {
      line("  block = %s", blockName());
    }
    line(
        "  norm = %s(eps: %s)",
        model.norm().centred() ? "centred" : "rmsnorm", Words.number(model.norm().eps()));
    line("  ffn = %s", ffnValue());
    ends();
    for (Kind kind : model.kinds()) {
      line("  let %s = %s(", kind.name(), cellOf(kind));
      line(
          "    heads: heads, key_heads: key_heads, head: head%s%s)",
          kind.window() == 0 ? "" : ", window: window",
          kind.rope() == null ? "" : ", rope: " + Words.number(kind.rope().base()));
    }
    List<String> layers = model.order().stream().map(i -> model.kinds().get(i).name()).toList();
    line("  layers = %s", Words.pattern(layers));
    line("}");
  }

  private String ffnValue() {
    Decoder.FeedForward ffn = model.ffn();
    if (ffn.experts() > 0) {
      return "moe(bounded_swiglu(hidden: hidden), experts: %d, active: %d, bias: true)"
          .formatted(ffn.experts(), ffn.active());
    }
    if (ffn.bias()) {
      return "biased(hidden: hidden)";
    }
    return (ffn.activation().equals("gelu") ? "geglu" : "swiglu") + "(hidden: hidden)";
  }

  private void ends() {
    Decoder.Ends ends = model.ends();
    if (ends.tied()) {
      line("  tied = true");
    }
    if (ends.embeddingScale() != 1) {
      line("  embedding_scale = %s", Words.number(ends.embeddingScale()));
    }
    if (ends.logitScale() != 1) {
      line("  logit_scale = %s", Words.number(ends.logitScale()));
    }
    if (ends.cap() != 0) {
      line("  logit_cap = %s", Words.number(ends.cap()));
    }
  }
}
