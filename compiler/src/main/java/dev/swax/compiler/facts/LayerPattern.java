package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.type.PartKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** Layers as text: one by one, or with repetitions folded as {@code 12 × [mlstm(…), swa(…)]}. */
public final class LayerPattern {
  /** Blocks that are told by what they are made of. */
  private static final List<String> LIBRARY = List.of("layer", "mixer_only", "ffn_only");

  private LayerPattern() {}

  /** Each layer in a few words. A feed-forward is named where the layers differ in it. */
  public static List<String> list(Architecture architecture) {
    var parts = new PartLabels(architecture);
    SequencedSet<String> kinds = new LinkedHashSet<>();
    for (Layer layer : architecture.layers()) {
      if (!of(layer, PartKind.CELL).isEmpty()) {
        of(layer, PartKind.FFN).forEach(ffn -> kinds.add(parts.of(ffn)));
      }
    }
    boolean named = kinds.size() > 1;
    return architecture.layers().stream().map(layer -> text(layer, parts, named)).toList();
  }

  /** The feed-forwards of the layers, each once; empty if there are none. */
  static String feedForwards(Architecture architecture) {
    var parts = new PartLabels(architecture);
    SequencedSet<String> kinds = new LinkedHashSet<>();
    for (Layer layer : architecture.layers()) {
      of(layer, PartKind.FFN).forEach(ffn -> kinds.add(parts.of(ffn)));
    }
    return String.join(", ", kinds);
  }

  private static List<Part> of(Layer layer, PartKind kind) {
    return layer.parts().stream().filter(part -> part.kind() == kind).toList();
  }

  private static String text(Layer layer, PartLabels parts, boolean named) {
    List<String> cells = of(layer, PartKind.CELL).stream().map(parts::of).toList();
    List<String> ffns = of(layer, PartKind.FFN).stream().map(parts::of).toList();
    Part block = layer.block();
    if (!LIBRARY.contains(block.name())) {
      return block.name() + "(" + join(Stream.of(cells, ffns).flatMap(List::stream).toList()) + ")";
    }
    if (cells.isEmpty()) {
      return join(ffns) + " only";
    }
    if (ffns.isEmpty()) {
      return join(cells) + " only";
    }
    return named ? join(cells) + " + " + join(ffns) : join(cells);
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
