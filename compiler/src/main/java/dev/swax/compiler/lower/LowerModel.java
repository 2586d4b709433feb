package dev.swax.compiler.lower;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.UniqueNames;
import dev.swax.compiler.model.part.LayerValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Turns a resolved model into graphs. Layers that compute the same share one. */
public final class LowerModel {
  private final Architecture model;
  private final Cut cut;

  private LowerModel(Architecture model, Cut cut) {
    this.model = model;
    this.cut = cut;
  }

  /** The graphs. */
  public static LoweredModel lower(Architecture model) {
    return lower(model, Cut.NONE);
  }

  /** The graphs of a model of which something is taken out; it keeps all its parameters. */
  public static LoweredModel lower(Architecture model, Cut cut) {
    return new LowerModel(model, cut).lower();
  }

  private LoweredModel lower() {
    List<Set<String>> exports = exports();
    Map<String, Integer> known = new LinkedHashMap<>();
    var kinds = new ArrayList<Block>();
    var order = new ArrayList<Integer>();
    var reads = new ArrayList<SequencedMap<String, Source>>();
    var names = new UniqueNames("embed", "head");
    Map<Like, Integer> equal = new LinkedHashMap<>();
    for (int i = 0; i < model.layers().size(); i++) {
      var like = new Like(model.layers().get(i), exports.get(i), cut.removesLayer(i));
      Integer before = equal.putIfAbsent(like, i);
      if (before != null) {
        order.add(order.get(before));
        reads.add(reads.get(before));
        continue;
      }
      BlockBuilder layer = layer(like);
      String what = withoutOrigins(layer.build("layer"));
      Integer kind = known.get(what);
      if (kind == null) {
        kind = kinds.size();
        known.put(what, kind);
        kinds.add(layer.build(names.fresh(like.layer().name())));
      }
      order.add(kind);
      reads.add(layer.sources());
    }
    return new LoweredModel(model, embed(), kinds, order, reads, head());
  }

  /**
   * What makes two layers compute the same.
   *
   * @param exports what later layers read of it
   * @param removed whether the stream leaves it as it came
   */
  private record Like(Layer layer, Set<String> exports, boolean removed) {}

  /** For each layer what later layers read of it. */
  private List<Set<String>> exports() {
    List<Set<String>> exports = new ArrayList<>();
    for (Layer layer : model.layers()) {
      exports.add(new LinkedHashSet<>());
      for (LayerValue read : layer.reads()) {
        exports.get(read.layer()).add(read.label());
      }
    }
    return exports;
  }

  private Block embed() {
    var out = new BlockBuilder().at(model.span());
    ValueId table = embedding(out);
    double scale = model.options().embeddingScale();
    int positions = model.options().positions();
    int meta = model.options().meta();
    boolean whole = positions == 0 && meta == 0;
    boolean plain = scale == 1 && whole;
    ValueId rows = out.graph().named(plain ? "x" : "row", new Op.Embedding(), table);
    ValueId x =
        scale == 1
            ? rows
            : out.graph()
                .named(
                    whole ? "x" : "scaled",
                    new Op.Binary(BinaryFunction.MULTIPLY),
                    rows,
                    out.constant(scale));
    if (meta > 0) {
      x = addRows(out, x, positions == 0 ? "x" : "all", "meta", meta, Op.Index.META);
    }
    if (positions > 0) {
      x = addRows(out, x, "x", "positions", positions, Op.Index.POSITION);
    }
    out.graph().result("y", x);
    if (model.layers().stream().anyMatch(layer -> layer.block().readsEmbedding())) {
      out.export(LoweredModel.EMBEDDING, x);
    }
    return out.build("embed");
  }

  /** The sum of x and each row's own row of a learnt table. */
  private ValueId addRows(
      BlockBuilder out, ValueId x, String name, String table, int rows, Op.Index index) {
    ValueId learnt = out.matrix(table, rows, model.width(), Initializers.small(model.width()));
    ValueId own = out.graph().add(new Op.Embedding(index), learnt);
    return out.graph().named(name, new Op.Binary(BinaryFunction.ADD), x, own);
  }

  private BlockBuilder layer(Like like) {
    var out = new BlockBuilder(like.layer(), like.exports(), cut).at(like.layer().span());
    ValueId x = out.input("x", model.width());
    ValueId y = LowerPart.lower(like.layer().block(), "", x, out);
    out.graph().result("y", like.removed() ? out.binary(BinaryFunction.ADD, x, out.zero(y)) : y);
    return out;
  }

  private Block head() {
    var out = new BlockBuilder().at(model.span());
    ValueId x = LowerPart.lower(model.norm(), "norm", out.input("x", model.width()), out);
    double scale = model.options().logitScale();
    if (scale != 1) {
      x = out.binary(BinaryFunction.MULTIPLY, x, out.constant(scale));
    }
    boolean capped = model.options().logitCap() > 0;
    ValueId logits =
        out.matmul(capped ? "uncapped" : "logits", x, headWeight(out), model.options().tied());
    if (capped) {
      ValueId inner =
          out.binary(BinaryFunction.MULTIPLY, logits, out.constant(1 / model.options().logitCap()));
      logits =
          out.graph()
              .named(
                  "logits",
                  new Op.Binary(BinaryFunction.MULTIPLY),
                  out.unary(UnaryFunction.TANH, inner),
                  out.constant(model.options().logitCap()));
    }
    ValueId losses = out.graph().named("losses", new Op.CrossEntropy(), logits);
    out.graph().result("losses", losses);
    out.graph().result("logits", logits);
    return out.build("head");
  }

  private ValueId headWeight(BlockBuilder out) {
    return model.options().tied()
        ? embedding(out)
        : out.matrix(
            "head",
            model.width(),
            model.vocabulary(),
            Initializers.normal(model.options().headDeviation(), model.width()));
  }

  private ValueId embedding(BlockBuilder out) {
    return out.matrix(
        "embedding",
        model.vocabulary(),
        model.width(),
        Initializers.normal(model.options().embeddingDeviation(), model.width()));
  }

  private static String withoutOrigins(Block block) {
    var text = new StringBuilder();
    block
        .graph()
        .nodes()
        .forEach(n -> text.append(n.op()).append(n.operands()).append(n.type()).append('\n'));
    return text.append(block.graph().results()).append(block.parameters()).toString();
  }
}
