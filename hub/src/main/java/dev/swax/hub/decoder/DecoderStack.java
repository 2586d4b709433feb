package dev.swax.hub.decoder;

import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.GroupedAttention.Names;
import dev.swax.hub.layer.Layer;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.layer.Weights;
import dev.swax.hub.layer.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** A decoder as a stack of layers that all have an attention and a feed-forward. */
final class DecoderStack {
  private final Decoder model;
  private final ModelText text;

  private DecoderStack(Decoder model, String name) {
    this.model = model;
    this.text = new ModelText(name);
  }

  /** With the model under that name in the text. */
  static Stack of(Decoder model, String name) {
    return new DecoderStack(model, name).stack();
  }

  private Stack stack() {
    text.size("width", model.width());
    text.size("blocks", model.blocks());
    List<GroupedAttention> attentions = model.kinds().stream().map(this::attention).toList();
    attentions.forEach(attention -> attention.declare(text));
    model.ffn().declare(text);
    int window = model.kinds().stream().mapToInt(Kind::window).max().orElse(0);
    if (window > 0) {
      text.size("window: Window", window);
    }
    text.size("vocab", model.vocabulary());
    norm();
    wiring();
    settings();
    attentions.forEach(attention -> text.let(attention.kind().name(), attention.value()));
    List<Layer> kinds = attentions.stream().map(this::layer).toList();
    return new Stack(
        text, ends(), "model.layers.", model.order().stream().map(kinds::get).toList());
  }

  private Ends ends() {
    return new Ends(
        model.vocabulary(),
        model.width(),
        "model.embed_tokens.weight",
        "model.norm.weight",
        model.norm().plus(),
        model.ends().tied());
  }

  /** One cell for all kinds of layers, unless positions are stretched in some of them only. */
  private GroupedAttention attention(Kind kind) {
    SequencedSet<String> scales = scales();
    boolean one = scales.size() <= 1;
    String own = kind.rope() == null ? "" : kind.rope().scale();
    return new GroupedAttention(
        one ? "grouped" : kind.name() + "_attention",
        model.width(),
        model.attention(),
        model.norm(),
        share(),
        one ? (scales.isEmpty() ? "" : scales.getFirst()) : own,
        kind,
        model.fused() ? Names.FUSED : Names.USUAL,
        false);
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

  private double share() {
    for (Kind kind : model.kinds()) {
      if (kind.rope() != null) {
        return kind.rope().share();
      }
    }
    return 1;
  }

  private void norm() {
    if (model.norm().centred()) {
      text.declare(
          """
          norm centred(eps) {
            out = layer_norm(x, over: width, epsilon: eps)
          }
          """);
    }
  }

  private void wiring() {
    double residual = model.ends().residual();
    switch (model.wiring()) {
      case BEFORE -> {
        if (residual != 1) {
          text.declare(Blocks.dampened(residual));
          text.set("block", "dampened");
        }
      }
      case AFTER -> {
        text.declare(Blocks.AFTER);
        text.set("block", "post_norm");
      }
      case AROUND -> {
        text.declare(Blocks.AROUND);
        text.set("block", "sandwich");
      }
      case PARALLEL -> {
        text.declare(Blocks.PARALLEL);
        text.set("block", "parallel");
      }
    }
  }

  private void settings() {
    Decoder.Norm norm = model.norm();
    Decoder.Ends ends = model.ends();
    text.set(
        "norm",
        (norm.centred() ? "centred" : "rmsnorm") + "(eps: " + Words.number(norm.eps()) + ")");
    text.set("ffn", model.ffn().value());
    if (ends.tied()) {
      text.set("tied", "true");
    }
    text.set("embedding_scale", ends.embeddingScale(), 1);
    text.set("logit_scale", ends.logitScale(), 1);
    text.set("logit_cap", ends.cap(), 0);
  }

  private Layer layer(GroupedAttention attention) {
    String mixer = attention.kind().name();
    return norms(Layer.of(mixer), mixer)
        .with("self_attn.", mixer + ".", attention)
        .with("mlp.", "ffn.", model.ffn());
  }

  private Layer norms(Layer layer, String mixer) {
    Weights row = Weights.row(model.width(), model.norm().plus());
    String in = "input_layernorm.weight";
    String middle = "post_attention_layernorm.weight";
    String last = "post_feedforward_layernorm.weight";
    return switch (model.wiring()) {
      case BEFORE -> layer.with(in, mixer + "_norm", row).with(middle, "ffn_norm", row);
      case AFTER -> layer.with(middle, mixer + "_post_norm", row).with(last, "ffn_post_norm", row);
      case AROUND ->
          layer
              .with(in, mixer + "_norm", row)
              .with(middle, mixer + "_post_norm", row)
              .with("pre_feedforward_layernorm.weight", "ffn_norm", row)
              .with(last, "ffn_post_norm", row);
      case PARALLEL -> layer.with(in, "norm", row);
    };
  }
}
