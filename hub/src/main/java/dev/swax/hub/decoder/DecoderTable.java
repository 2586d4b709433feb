package dev.swax.hub.decoder;

import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.weight.Columns;
import dev.swax.hub.weight.Layout;
import dev.swax.hub.weight.WeightTable;
import dev.swax.hub.weight.WeightTable.Part;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.List;

/** The weights of a decoder under their names in transformers and here. */
final class DecoderTable {
  private final Decoder model;
  private final WeightTable.Builder table = new WeightTable.Builder();

  private DecoderTable(Decoder model) {
    this.model = model;
  }

  static WeightTable of(Decoder model) {
    var table = new DecoderTable(model);
    table.ends();
    for (int layer = 0; layer < model.blocks(); layer++) {
      table.layer("model.layers." + layer + ".", "layers." + layer + ".", model.kind(layer));
    }
    return table.table.build();
  }

  private void ends() {
    String embedding = "model.embed_tokens.weight";
    table
        .tensor(embedding, model.vocabulary(), model.width())
        .link(embedding, "embedding", Layout.asIs(model.vocabulary(), model.width()));
    norm("model.norm.weight", "norm");
    if (model.ends().tied()) {
      table.copy("lm_head.weight", embedding);
    } else {
      table.linear("lm_head.weight", "head", model.width(), model.vocabulary());
    }
  }

  private void norm(String published, String parameter) {
    table.vector(published, parameter, model.width(), model.norm().plus());
  }

  private void layer(String there, String here, Kind kind) {
    String before = here + kind.name() + "_norm";
    String after = here + kind.name() + "_post_norm";
    switch (model.wiring()) {
      case BEFORE -> {
        norm(there + "input_layernorm.weight", before);
        norm(there + "post_attention_layernorm.weight", here + "ffn_norm");
      }
      case AFTER -> {
        norm(there + "post_attention_layernorm.weight", after);
        norm(there + "post_feedforward_layernorm.weight", here + "ffn_post_norm");
      }
      case AROUND -> {
        norm(there + "input_layernorm.weight", before);
        norm(there + "post_attention_layernorm.weight", after);
        norm(there + "pre_feedforward_layernorm.weight", here + "ffn_norm");
        norm(there + "post_feedforward_layernorm.weight", here + "ffn_post_norm");
      }
      case PARALLEL -> norm(there + "input_layernorm.weight", here + "norm");
    }
    attention(there + "self_attn.", here + kind.name() + ".", kind);
    ffn(there + "mlp.", here + "ffn.");
  }

  private void attention(String there, String here, Kind kind) {
    Decoder.Attention attention = model.attention();
    int queries = attention.heads() * attention.head();
    int keys = attention.keyHeads() * attention.head();
    Columns turned = turned(kind);
    if (model.fused()) {
      table.stacked(
          there + "qkv_proj.weight",
          model.width(),
          new Part(here + "q", queries, turned),
          new Part(here + "k", keys, turned),
          Part.of(here + "v", keys));
    } else {
      linear(there + "q_proj", here + "q", model.width(), queries, attention.bias(), turned);
      linear(there + "k_proj", here + "k", model.width(), keys, attention.bias(), turned);
      linear(there + "v_proj", here + "v", model.width(), keys, attention.bias(), Columns.SAME);
    }
    linear(
        there + "o_proj", here + "out", queries, model.width(), attention.outBias(), Columns.SAME);
    if (attention.norm() != QueryNorm.NONE) {
      boolean head = attention.norm() == QueryNorm.HEAD;
      row(there + "q_norm.weight", here + "norm", head ? attention.head() : queries, turned);
      row(there + "k_norm.weight", here + "norm_2", head ? attention.head() : keys, turned);
    }
    if (attention.sinks()) {
      table.vector(there + "sinks", here + "sinks", attention.heads(), 0);
    }
  }

  /** The weights of queries and keys, whose channels are turned with them. */
  private void row(String published, String parameter, int length, Columns order) {
    table
        .tensor(published, length)
        .link(published, parameter, Layout.vector(length).ordered(order), model.norm().plus());
  }

  private Columns turned(Kind kind) {
    Decoder.Attention attention = model.attention();
    if (kind.rope() == null || attention.pairs() == attention.written()) {
      return Columns.SAME;
    }
    int turned = (int) Math.round(attention.head() * kind.rope().share());
    return attention.written() == Pairs.INTERLEAVED
        ? Columns.neighboursToHalves(attention.head(), turned)
        : Columns.halvesToNeighbours(attention.head(), turned);
  }

  private void linear(
      String published, String parameter, int in, int out, boolean bias, Columns order) {
    table.linear(published + ".weight", parameter, in, out, order);
    if (bias) {
      table
          .tensor(published + ".bias", out)
          .link(published + ".bias", parameter + "_bias", Layout.vector(out).ordered(order));
    }
  }

  private void ffn(String there, String here) {
    if (model.ffn().experts() > 0) {
      experts(there, here);
      return;
    }
    int hidden = model.ffn().hidden();
    boolean bias = model.ffn().bias();
    if (model.fused()) {
      table.stacked(
          there + "gate_up_proj.weight",
          model.width(),
          Part.of(here + "gate", hidden),
          Part.of(here + "up", hidden));
    } else {
      linear(there + "gate_proj", here + "gate", model.width(), hidden, bias, Columns.SAME);
      linear(there + "up_proj", here + "up", model.width(), hidden, bias, Columns.SAME);
    }
    linear(there + "down_proj", here + "down", hidden, model.width(), bias, Columns.SAME);
  }

  /** Those of gpt-oss: all experts in one tensor, gates and ups in turn. */
  private void experts(String there, String here) {
    int count = model.ffn().experts();
    int hidden = model.ffn().hidden();
    int width = model.width();
    linear(there + "router", here + "router", width, count, true, Columns.SAME);
    String in = there + "experts.gate_up_proj";
    table.tensor(in, count, width, 2L * hidden).tensor(in + "_bias", count, 2L * hidden);
    for (String part : List.of("gate", "up")) {
      String name = here + "experts." + part;
      int first = part.equals("gate") ? 0 : 1;
      table.link(in, name, everySecond(count * width, hidden, first));
      table.link(in + "_bias", name + "_bias", everySecond(count, hidden, first));
    }
    String out = there + "experts.down_proj";
    table
        .tensor(out, count, hidden, width)
        .link(out, here + "experts.down", Layout.asIs(count * hidden, width))
        .tensor(out + "_bias", count, width)
        .link(out + "_bias", here + "experts.down_bias", Layout.asIs(count, width));
  }

  private static Layout everySecond(int rows, int columns, int first) {
    return new Layout(0, rows, columns, first, 2L * columns, 2, Columns.SAME);
  }
}
