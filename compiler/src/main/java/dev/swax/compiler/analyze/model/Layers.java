package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.ValueType;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The layers of one model: each element of the pattern as a block at the width of the model. */
final class Layers {
  static final String MIXER = "mixer";
  static final String FFN = "ffn";

  private final Evaluator evaluator;
  private final Placements placements;
  private final Surroundings model;
  private final Value block;
  private final Value ffn;
  private final Map<Value, Placed> known = new IdentityHashMap<>();
  private int layers;

  /**
   * What an element of the pattern became.
   *
   * @param made the parts that it is made of
   */
  private record Placed(Optional<Part> block, List<EarlierLayers.Made> made) {}

  /**
   * The layers of a model.
   *
   * @param block how a layer of a mixer is wired
   * @param ffn for blocks that take one and are given none
   */
  Layers(Evaluator evaluator, Placements placements, Surroundings model, Value block, Value ffn) {
    this.evaluator = evaluator;
    this.placements = placements;
    this.model = model;
    this.block = block;
    this.ffn = ffn;
  }

  /** The next layer, which an element of the pattern stands for, or empty after a report. */
  Optional<Layer> layer(Value.Item item) {
    int layer = layers++;
    Optional<Layer> made = layer(item, layer);
    if (made.isEmpty()) {
      model.earlier().skip();
    }
    return made;
  }

  private Optional<Layer> layer(Value.Item item, int layer) {
    Value element = item.value();
    if (element.type() != ValueType.LAYER) {
      element = evaluator.coercion().coerce(element, Wanted.MIXER, "each of `layers`", item.span());
    }
    if (!(element instanceof Value.Part part)) {
      return Optional.empty();
    }
    Value.Part whole = part.type() == ValueType.LAYER ? part : wired(part, item.span());
    Value.Part complete = whole == null ? null : withFeedForward(whole);
    if (complete == null) {
      return Optional.empty();
    }
    return place(item.value(), complete, layer)
        .map(cell -> new Layer(item.span(), name(complete), cell));
  }

  private Optional<Part> place(Value element, Value.Part whole, int layer) {
    EarlierLayers earlier = model.earlier();
    Placed placed = known.get(element);
    if (placed == null) {
      earlier.begin();
      Optional<Part> found = placements.place(whole, model.at(layer), model.width());
      if (element.type() == ValueType.LAYER) {
        found.ifPresent(block -> earlier.add(element, block)); // also without the model's ffn
      }
      placed = new Placed(found, earlier.made());
      if (!earlier.hasRead()
          && !Placements.differsByLayer(whole)
          && !Placements.differsByLayer(model.norm())) {
        known.put(element, placed);
      }
    }
    List<EarlierLayers.Made> made = placed.made();
    placed.block().ifPresent(block -> earlier.end(block, made));
    return placed.block();
  }

  /** The block of the model around a mixer, or null if it has no place for one. */
  private Value.@Nullable Part wired(Value.Part mixer, Span span) {
    if (!(block instanceof Value.Part wiring)) {
      return null;
    }
    if (takes(wiring.declaration(), MIXER)) {
      return with(wiring, mixer.label(), span, MIXER, mixer);
    }
    evaluator.report(
        Code.WRONG_TYPE,
        span,
        "the block `%s` has no parameter `mixer`, so a layer cannot be a mixer alone"
            .formatted(wiring.declaration().name().text()),
        "`block %s(mixer, …)`".formatted(wiring.declaration().name().text()));
    return null;
  }

  /** A block that takes a feed-forward and has none is given that of the model. */
  private Value.Part withFeedForward(Value.Part whole) {
    boolean open =
        whole.declaration().parameters().stream()
            .anyMatch(p -> p.name().text().equals(FFN) && p.defaultValue() == null);
    return open && !whole.arguments().containsKey(FFN)
        ? with(whole, whole.label(), whole.span(), FFN, ffn)
        : whole;
  }

  private static boolean takes(Declaration.Part part, String parameter) {
    return part.parameters().stream().anyMatch(p -> p.name().text().equals(parameter));
  }

  private static Value.Part with(
      Value.Part part, String label, Span span, String parameter, Value value) {
    SequencedMap<String, Value.Item> arguments = new LinkedHashMap<>(part.arguments());
    arguments.put(parameter, new Value.Item(value, span));
    return new Value.Part(part.declaration(), part.scope(), label, span, arguments, part.shared());
  }

  /**
   * What the code of a layer is called after: its mixer, or the one part that it has, or itself.
   */
  private static String name(Value.Part whole) {
    List<Value.Part> parts =
        whole.arguments().values().stream()
            .filter(item -> item.value() instanceof Value.Part)
            .map(item -> (Value.Part) item.value())
            .toList();
    Value.Item mixer = whole.arguments().get(MIXER);
    if (mixer != null && mixer.value() instanceof Value.Part part) {
      return part.label();
    }
    boolean alone = parts.size() == 1 && parts.getFirst().type() == ValueType.FEED_FORWARD;
    return alone ? FFN : whole.label();
  }
}
