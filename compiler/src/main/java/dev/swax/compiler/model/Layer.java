package dev.swax.compiler.model;

import dev.swax.compiler.model.part.LayerValue;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * One layer: the stream in, the stream out. Layers that are equal apart from their spans share
 * their code, never their weights.
 *
 * @param name what its code is called after: the mixer, `local`
 * @param block its wiring, with all parts that it applies
 * @param moved where the layers that it reads are now, if others were left out since
 */
public record Layer(Span span, String name, Part block, SequencedMap<Integer, Integer> moved) {
  public Layer {
    moved = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(moved));
  }

  /** A layer of a whole model. */
  public Layer(Span span, String name, Part block) {
    this(span, name, block, new LinkedHashMap<>());
  }

  /** What it reads of earlier layers. */
  public SequencedSet<LayerValue> reads() {
    SequencedSet<LayerValue> reads = new LinkedHashSet<>();
    block.reads().forEach(read -> reads.add(now(read)));
    return reads;
  }

  /** A value that it reads, in the layer where it is now. */
  public LayerValue now(LayerValue read) {
    return new LayerValue(moved.getOrDefault(read.layer(), read.layer()), read.part(), read.name());
  }

  /**
   * Some layers of a model, and those that they read, in their order.
   *
   * @param wanted places in {@code layers}
   */
  public static List<Layer> some(List<Layer> layers, Collection<Integer> wanted) {
    SequencedSet<Integer> all = new TreeSet<>(wanted);
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (all.contains(i)) {
        layers.get(i).reads().forEach(read -> all.add(read.layer()));
      }
    }
    SequencedMap<Integer, Integer> places = new LinkedHashMap<>();
    all.forEach(i -> places.put(i, places.size()));
    List<Layer> some = new ArrayList<>();
    for (int i : all) {
      Layer layer = layers.get(i);
      SequencedMap<Integer, Integer> moved = new LinkedHashMap<>();
      for (LayerValue read : layer.block().reads()) {
        moved.put(read.layer(), Objects.requireNonNull(places.get(layer.now(read).layer())));
      }
      some.add(new Layer(layer.span(), layer.name(), layer.block(), moved));
    }
    return some;
  }

  /** The block and all parts in it, each after what applies it. */
  public List<Part> parts() {
    var parts = new ArrayList<Part>();
    block.walk(parts::add);
    return parts;
  }
}
