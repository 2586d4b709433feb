package dev.swax.cli.verify;

import dev.swax.cli.input.Input;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.FeedForward;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A copy of a model that can be checked in seconds: the least width at which the file still makes
 * sense and norms have something to run over, a few tokens, and at most two layers of each kind.
 */
final class Shrink {
  private static final List<Integer> WIDTHS =
      List.of(16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024);

  /** Wider than this, the interpreter takes minutes. */
  private static final int WIDEST = 512;

  /**
   * What a norm needs to run over. Of two channels it leaves little more than a sign, and its
   * gradient is what large terms leave when they cancel.
   */
  private static final int FEWEST_CHANNELS = 8;

  /** Of a feed-forward whose size is a number of its own, in widths. */
  private static final int WIDEST_HIDDEN = 4;

  /** Of an attention whose heads have a width of their own. */
  private static final int WIDEST_HEAD = 32;

  private static final long MOST_WEIGHTS = 2_000_000;
  private static final int VOCABULARY = 31;
  private static final int LAYERS_OF_A_KIND = 2;
  private static final int MOST_LAYERS = 8;
  private static final String NAME = "model_under_test";

  private Shrink() {}

  /**
   * The small copy.
   *
   * @param expression what the file calls the model
   */
  static Architecture shrink(Input input, String expression, Architecture original) {
    Architecture narrow = original;
    int channels = Math.min(FEWEST_CHANNELS, narrowestSum(original));
    for (int width : WIDTHS) {
      if (width >= original.width()) {
        break;
      }
      Optional<Architecture> copy =
          narrow(input, expression, width).filter(small -> narrowestSum(small) >= channels);
      if (copy.isPresent()) {
        narrow = copy.get();
        break;
      }
    }
    if (narrow.width() > WIDEST) {
      throw new UserError(
          "`%s` cannot be made small enough to check: no `width` below %d fits the rest of the file"
              .formatted(original.name(), original.width()),
          "compute the other sizes from `width`, as in `key: width / 8`");
    }
    Architecture small = fewLayers(narrow);
    long weights = ParameterCount.of(small).total();
    if (weights > MOST_WEIGHTS) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "`%s` cannot be made small enough to check: at width %d it still has %,d weights, and"
                  + " with more than %,d a check takes minutes",
              original.name(),
              small.width(),
              weights,
              MOST_WEIGHTS),
          "compute the sizes of its cells from `width`, as in `key: width / 8`");
    }
    return small;
  }

  /** The model at another width, if the file still makes sense then. */
  private static Optional<Architecture> narrow(Input input, String expression, int width) {
    String text =
        "%s\nmodel %s = (%s) with { width = %d }\n"
            .formatted(input.file().text(), NAME, expression, width);
    var copy =
        new Input(
            new SourceFile(input.file().name(), text),
            input.profile(),
            input.settings(),
            false,
            input.modules());
    Optional<Analysis> analysis = copy.findAnalysis(new Diagnostics());
    return analysis.flatMap(a -> a.findModel(NAME)).filter(m -> m.width() == width);
  }

  /** The fewest channels that anything in a layer sums over: a norm, or a product of vectors. */
  private static int narrowestSum(Architecture model) {
    int fewest = Integer.MAX_VALUE;
    for (Block kind : LowerModel.lower(model).kinds()) {
      for (Node node : kind.graph().nodes()) {
        if (node.op() instanceof Op.SumGroups(int groups)) {
          int columns = kind.graph().node(node.operand(0)).type().columns();
          fewest = Math.min(fewest, columns / groups);
        }
      }
    }
    return fewest;
  }

  /** At most two layers of each kind, and few tokens. */
  private static Architecture fewLayers(Architecture model) {
    List<Integer> order = LowerModel.lower(model).order();
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < order.size() && layers.size() < MOST_LAYERS; i++) {
      if (counts.merge(order.get(i), 1, Integer::sum) <= LAYERS_OF_A_KIND) {
        layers.add(model.layers().get(i));
      }
    }
    return with(model, layers);
  }

  /** The layer with sizes that do not follow from the width cut down to it. */
  private static Layer small(Layer layer, int width) {
    FeedForward ffn = layer.feedForward();
    return new Layer(
        layer.span(),
        layer.mixer() instanceof Mixer.Attention attention ? small(attention) : layer.mixer(),
        ffn == null
            ? null
            : new FeedForward(
                ffn.span(), ffn.activation(), Math.min(ffn.hidden(), WIDEST_HIDDEN * width)));
  }

  private static Mixer small(Mixer.Attention attention) {
    return new Mixer.Attention(
        attention.span(),
        attention.name(),
        attention.heads(),
        attention.keyHeads(),
        Math.min(attention.headWidth(), WIDEST_HEAD),
        attention.window(),
        attention.ropeTheta());
  }

  /** The same model with other layers. */
  static Architecture with(Architecture model, List<Layer> layers) {
    return new Architecture(
        model.name(),
        model.span(),
        model.documentation(),
        model.width(),
        Math.min(model.vocabulary(), VOCABULARY),
        model.options(),
        layers.stream().map(layer -> small(layer, model.width())).toList(),
        model.windows(),
        List.of());
  }
}
