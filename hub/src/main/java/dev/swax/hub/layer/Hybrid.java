package dev.swax.hub.layer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Stack.Ends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** A stack whose layers have one of several mixers, and all the same feed-forward. */
public final class Hybrid {
  private final Ends ends;
  private final String path;
  private final Part ffn;
  private final SequencedMap<String, Kind> kinds = new LinkedHashMap<>();

  /**
   * How published layers call what every kind of them has.
   *
   * @param mixerNorm the norm before the mixer
   * @param ffnNorm the norm before the feed-forward
   * @param ffn what the names of its tensors begin with
   */
  public record Names(String mixerNorm, String ffnNorm, String ffn) {}

  /** What config.json calls it, what the text does, and how it is wired there. */
  private record Kind(Layer layer, Part mixer, String block) {
    String called() {
      return block.isEmpty() ? layer.name() : "attn";
    }
  }

  /**
   * A model that has no layers yet.
   *
   * @param path of its layers: {@code model.layers.}
   */
  public Hybrid(Ends ends, String path, Part ffn) {
    this.ends = ends;
    this.path = path;
    this.ffn = ffn;
  }

  /**
   * A kind of layers that are wired as in the library.
   *
   * @param type in config.json: {@code linear_attention}
   */
  public Hybrid kind(String type, Layer layer, Part mixer) {
    kinds.put(type, new Kind(layer, mixer, ""));
    return this;
  }

  /** Layers of a norm, the mixer, another norm and the feed-forward. */
  public Hybrid kind(String type, Mixer mixer, Names names) {
    Weights row = Weights.row(ends.width(), ends.plus());
    Layer layer =
        Layer.of(mixer.name())
            .with(names.mixerNorm(), mixer.name() + "_norm", row)
            .with(mixer.there(), mixer.name() + ".", mixer.part())
            .with(names.ffnNorm(), "ffn_norm", row)
            .with(names.ffn(), "ffn.", ffn);
    return kind(type, layer, mixer.part());
  }

  /** Layers of a block that the text declares; their mixer is called {@code attn} there. */
  public Hybrid kind(String type, Layer layer, Part mixer, String block) {
    kinds.put(type, new Kind(layer, mixer, block));
    return this;
  }

  /** The types of all layers as a key says them; there is no other type than those of kinds. */
  public List<String> types(Config config, String key, int blocks) {
    List<String> types = new ArrayList<>();
    for (JsonNode type : config.each(key, blocks)) {
      if (!kinds.containsKey(type.asText())) {
        throw config.wrong(key, type, String.join(" or ", kinds.sequencedKeySet()));
      }
      types.add(type.asText());
    }
    return types;
  }

  /**
   * The whole.
   *
   * @param name of the model in the text
   * @param types of its layers
   * @param settings whose feed-forward is that of all layers
   * @param more settings of the model
   */
  public Stack stack(String name, List<String> types, Settings settings, Consumer<ModelText> more) {
    var text = new ModelText(name);
    text.size("width", ends.width());
    text.size("blocks", types.size());
    List<Kind> used =
        kinds.entrySet().stream()
            .filter(entry -> types.contains(entry.getKey()))
            .map(entry -> entry.getValue())
            .toList();
    used.forEach(kind -> kind.mixer().declare(text));
    ffn.declare(text);
    settings.write(text, ends);
    more.accept(text);
    for (Kind kind : used) {
      text.let(kind.called(), kind.mixer().value());
      if (!kind.block().isEmpty()) {
        text.let(kind.layer().name(), kind.block() + "(attn)");
      }
    }
    List<Layer> layers = new ArrayList<>();
    for (String type : types) {
      Kind kind = kinds.get(type);
      if (kind == null) {
        throw new IllegalArgumentException("no kind " + type);
      }
      layers.add(kind.layer());
    }
    return new Stack(text, ends, path, layers);
  }
}
