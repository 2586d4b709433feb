package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.FeedForward;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/** Layers as text: one by one, or with repetitions folded as {@code 12 × [mlstm(…), swa(…)]}. */
public final class LayerPattern {
  private LayerPattern() {}

  /** Each layer in a few words. A feed-forward is named where the layers differ in it. */
  public static List<String> list(Architecture architecture) {
    SequencedSet<String> kinds = new LinkedHashSet<>();
    for (Layer layer : architecture.layers()) {
      if (layer.feedForward() != null && layer.mixer() != null) {
        kinds.add(text(layer.feedForward()));
      }
    }
    boolean named = kinds.size() > 1;
    var mixers = new MixerText(architecture);
    return architecture.layers().stream().map(layer -> text(layer, mixers, named)).toList();
  }

  /** The feed-forwards of the layers, each once; empty if there are none. */
  static String feedForwards(Architecture architecture) {
    SequencedSet<String> kinds = new LinkedHashSet<>();
    for (Layer layer : architecture.layers()) {
      if (layer.feedForward() != null) {
        kinds.add(text(layer.feedForward()));
      }
    }
    return String.join(", ", kinds);
  }

  private static String text(Layer layer, MixerText mixers, boolean named) {
    Mixer mixer = layer.mixer();
    FeedForward feedForward = layer.feedForward();
    if (mixer == null) {
      return feedForward == null ? "nothing" : text(feedForward) + " only";
    }
    String text = mixers.of(mixer);
    if (feedForward == null) {
      return text + " only";
    }
    return named ? text + " + " + text(feedForward) : text;
  }

  private static String text(FeedForward feedForward) {
    String name = feedForward.activation() == FeedForward.Activation.GELU ? "geglu" : "swiglu";
    return "%s(hidden %s)".formatted(name, feedForward.hidden());
  }

  /** The layers on one line. */
  public static String folded(Architecture architecture) {
    return join(fold(list(architecture)));
  }

  private static String join(List<String> parts) {
    return String.join(", ", parts);
  }

  /** Repetitions of one or more elements as one element. */
  static List<String> fold(List<String> layers) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < layers.size()) {
      int period = 1;
      int times = 1;
      for (int length = 1; at + 2 * length <= layers.size(); length++) {
        int found = repetitions(layers, at, length);
        if (found > 1 && found * length > times * period) {
          period = length;
          times = found;
        }
      }
      parts.add(part(layers.subList(at, at + period), times));
      at += times * period;
    }
    return parts;
  }

  private static String part(List<String> tile, int times) {
    if (times == 1) {
      return join(tile);
    }
    String inside = join(tile.size() == 1 ? tile : fold(tile));
    return String.format(Locale.ROOT, tile.size() == 1 ? "%s × %s" : "%s × [%s]", times, inside);
  }

  private static int repetitions(List<String> layers, int start, int length) {
    List<String> tile = layers.subList(start, start + length);
    int times = 1;
    while (start + (times + 1) * length <= layers.size()
        && layers.subList(start + times * length, start + (times + 1) * length).equals(tile)) {
      times++;
    }
    return times;
  }
}
