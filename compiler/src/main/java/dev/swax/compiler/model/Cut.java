package dev.swax.compiler.model;

import dev.swax.compiler.model.part.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is taken out of a trained model while it is evaluated: the output of these parts is one row
 * at every token. Of a layer that is taken out, the stream leaves as it came.
 *
 * @param pathway which parts
 * @param layers numbered from 0, in order; empty unless the pathway is {@link Pathway#LAYERS}
 * @param filling what the output is instead
 */
public record Cut(Pathway pathway, List<Integer> layers, Filling filling) {
  /** The whole model. */
  public static final Cut NONE = of(Pathway.NOTHING);

  /** Behind a pathway: its mean stands in its place. */
  public static final String MEAN = "=mean";

  public Cut {
    layers = layers.stream().distinct().sorted().toList();
  }

  /** Parts that carry information from token to token in one way. */
  public enum Pathway {
    NOTHING,
    /** Cells with a state. */
    MEMORY,
    /** Attention over a window. */
    WINDOW,
    /** Attention over everything before. */
    ATTENTION,
    LAYERS;

    /** As it is written. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The pathway of that name, {@code layers} not among them. */
    public static Optional<Pathway> find(String text) {
      return List.of(MEMORY, WINDOW, ATTENTION).stream()
          .filter(pathway -> pathway.text().equals(text))
          .findFirst();
    }
  }

  /** What stands in place of an output. */
  public enum Filling {
    ZERO,
    /** A row that is a parameter: its mean over a text. */
    MEAN,
    /** The output itself, which the block also gives out, so that its mean can be taken. */
    MEASURED;

    /** The filling of that name, {@code measured} not among them. */
    public static Optional<Filling> find(String text) {
      return List.of(ZERO, MEAN).stream()
          .filter(filling -> filling.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst();
    }
  }

  /** Every part of a pathway, with 0 in its place. */
  public static Cut of(Pathway pathway) {
    return new Cut(pathway, List.of(), Filling.ZERO);
  }

  /** The same with another filling. */
  public Cut with(Filling other) {
    return new Cut(pathway, layers, other);
  }

  /** Whole layers. */
  public static Cut ofLayers(List<Integer> layers) {
    return new Cut(Pathway.LAYERS, layers, Filling.ZERO);
  }

  public boolean isNone() {
    return pathway == Pathway.NOTHING;
  }

  /** Whether the output of a part is another. */
  public boolean removes(Part part) {
    return switch (pathway) {
      case NOTHING, LAYERS -> false;
      case MEMORY -> hasState(part);
      case WINDOW -> attends(part, window -> window >= 0);
      case ATTENTION -> attends(part, window -> window < 0);
    };
  }

  /** Whether the stream leaves a layer as it came. */
  public boolean removesLayer(int layer) {
    return layers.contains(layer);
  }

  private static boolean hasState(Part part) {
    return part.recurrence() != null || !part.scans().isEmpty();
  }

  private static boolean attends(Part part, Predicate<Integer> window) {
    return part.attentions().stream().anyMatch(attend -> window.test(attend.window()));
  }

  /** As it is written: {@code memory}, {@code memory=mean}, {@code layers 0,2}. */
  public String describe() {
    return layers.isEmpty()
        ? pathway.text() + (filling == Filling.MEAN ? MEAN : "")
        : pathway.text()
            + layers.stream().map(String::valueOf).collect(Collectors.joining(",", " ", ""));
  }

  /** Why it cannot be taken out of a model; empty where it can. */
  public Optional<String> obstacle(Architecture model) {
    int count = model.layers().size();
    Optional<Integer> beyond = layers.stream().filter(layer -> layer >= count).findFirst();
    if (beyond.isPresent()) {
      return Optional.of(
          "`%s` has %d layers, 0 to %d, so layer %d cannot be cut"
              .formatted(model.name(), count, count - 1, beyond.get()));
    }
    if (isNone() || pathway == Pathway.LAYERS) {
      return Optional.empty();
    }
    List<Part> parts = model.layers().stream().flatMap(layer -> layer.parts().stream()).toList();
    List<Part> removed = parts.stream().filter(this::removes).toList();
    if (removed.isEmpty()) {
      return Optional.of(
          "`%s` has no %s to cut, only %s".formatted(model.name(), name(pathway), others(parts)));
    }
    return removed.stream()
        .filter(part -> hasState(part) && !part.attentions().isEmpty())
        .findFirst()
        .map(part ->
            "`%s` has its state and its attention in one part, `%s`, so neither can be cut alone"
                .formatted(model.name(), part.name()));
  }

  private static String name(Pathway pathway) {
    return pathway == Pathway.ATTENTION ? "attention without a window" : pathway.text();
  }

  private static String others(List<Part> parts) {
    List<String> others = new ArrayList<>();
    for (Pathway other : List.of(Pathway.MEMORY, Pathway.WINDOW, Pathway.ATTENTION)) {
      if (parts.stream().anyMatch(of(other)::removes)) {
        others.add(name(other));
      }
    }
    return others.isEmpty() ? "layers" : String.join(" and ", others);
  }
}
