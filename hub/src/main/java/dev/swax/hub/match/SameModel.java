package dev.swax.hub.match;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.pass.Pipeline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Compares two models graph by graph. They are the same where the graphs are the same but for the
 * order of sums and products and the names of weights; which weight is which follows.
 */
public final class SameModel {
  private final Sketch published;
  private final Sketch own;
  private final SequencedMap<String, String> names = new LinkedHashMap<>();

  /** Layers of the same two kinds are compared once. */
  private final Map<String, SequencedMap<String, String>> known = new LinkedHashMap<>();

  private SameModel(Sketch published, Sketch own) {
    this.published = published;
    this.own = own;
  }

  /**
   * The own parameter of each parameter of the published model.
   *
   * @throws Difference if there is one, with the first
   */
  public static SequencedMap<String, String> match(Sketch published, Sketch own) throws Difference {
    var same =
        new SameModel(
            new Sketch(published.model().with(Pipeline::beforeGradients), published.windows()),
            new Sketch(own.model().with(Pipeline::beforeGradients), own.windows()));
    same.match();
    return same.names;
  }

  private void match() throws Difference {
    LoweredModel there = published.model();
    LoweredModel here = own.model();
    sizes("a width of", there.architecture().width(), here.architecture().width());
    sizes("layers:", published.layers(), own.layers());
    sizes("a vocabulary of", there.architecture().vocabulary(), here.architecture().vocabulary());
    if (there.hasReads() || here.hasReads()) {
      throw new Difference(0, "layers that read only the stream; in the model, some read others");
    }
    add("", there.embed(), here.embed(), compare("the embedding", 1, there.embed(), here.embed()));
    for (int layer = 0; layer < published.layers(); layer++) {
      Block first = there.layer(layer);
      Block second = here.layer(layer);
      String pair = there.order().get(layer) + " " + here.order().get(layer);
      SequencedMap<String, String> inside = known.get(pair);
      if (inside == null) {
        inside = compare("layer " + layer, 2 + layer, first, second);
        known.put(pair, inside);
      }
      add("layers." + layer + ".", first, second, inside);
    }
    int all = 2 + published.layers();
    add("", there.head(), here.head(), compare("the head", all, there.head(), here.head()));
  }

  private static void sizes(String what, int published, int own) throws Difference {
    if (published != own) {
      throw new Difference(0, "%s %d, the model has %d".formatted(what, published, own));
    }
  }

  private SequencedMap<String, String> compare(String where, int agreed, Block there, Block here)
      throws Difference {
    var graphs =
        new SameGraph(
            new Values(there.graph(), published.windows()),
            new Values(here.graph(), own.windows()));
    Graph first = there.graph();
    Graph second = here.graph();
    for (String result : first.results().sequencedKeySet()) {
      var difference = graphs.match(first.result(result), second.result(result));
      if (difference.isPresent()) {
        throw new Difference(agreed, "in %s %s".formatted(where, difference.get()));
      }
    }
    return graphs.parameters();
  }

  private void add(String prefix, Block there, Block here, SequencedMap<String, String> inside)
      throws Difference {
    for (BlockParameter parameter : there.parameters()) {
      String own = inside.get(parameter.name());
      if (own == null) {
        throw new IllegalStateException("nothing reads " + parameter.name());
      }
      BlockParameter other =
          here.parameters().stream().filter(p -> p.name().equals(own)).findFirst().orElseThrow();
      names.put(parameter.fullName(prefix), other.fullName(prefix));
    }
  }
}
