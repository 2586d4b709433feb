package dev.swax.hub.layer;

import dev.swax.hub.Blueprint;
import dev.swax.hub.folder.Config;
import dev.swax.hub.weight.Layout;
import dev.swax.hub.weight.WeightTable;
import java.util.List;

/**
 * A published model: an embedding, layers of one kind or of several, a norm and a head.
 *
 * @param text of the model but for its list of layers
 * @param path of its layers: {@code model.layers.}
 * @param layers in their order
 */
public record Stack(ModelText text, Ends ends, String path, List<Layer> layers) {
  public Stack {
    layers = List.copyOf(layers);
  }

  /**
   * What is before the first and after the last layer.
   *
   * @param embedding the name of its tensor
   * @param norm the name of that of the last norm
   * @param plus what the published code adds to the weights of this norm
   * @param tied whether the head is the embedding
   */
  public record Ends(
      int vocabulary, int width, String embedding, String norm, double plus, boolean tied) {
    /** Of the keys and the embedding that nearly all classes have. */
    public static Ends of(Config config, String norm, double plus) {
      return new Ends(
          config.size("vocab_size"),
          config.size("hidden_size"),
          "model.embed_tokens.weight",
          norm,
          plus,
          config.flag("tie_word_embeddings"));
    }
  }

  /** The text and the table. */
  public Blueprint blueprint() {
    var table = new WeightTable.Builder();
    link(table);
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).link(table, path + i + ".", "layers." + i + ".");
    }
    return new Blueprint(text.with(layers.stream().map(Layer::name).toList()), table.build());
  }

  private void link(WeightTable.Builder table) {
    int vocabulary = ends.vocabulary();
    int width = ends.width();
    table
        .tensor(ends.embedding(), vocabulary, width)
        .link(ends.embedding(), "embedding", Layout.asIs(vocabulary, width))
        .vector(ends.norm(), "norm", width, ends.plus());
    if (ends.tied()) {
      table.copy("lm_head.weight", ends.embedding());
    } else {
      table.linear("lm_head.weight", "head", width, vocabulary);
    }
  }
}
