package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Dimension;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the built-in functions do. Their arguments fit their schema. */
final class Functions {
  private final Evaluator evaluator;
  private final Measures measures;

  Functions(Evaluator evaluator, Measures measures) {
    this.evaluator = evaluator;
    this.measures = measures;
  }

  Value apply(Function function, SequencedMap<String, Value.Item> arguments, Span span) {
    return switch (function) {
      case ROUND_UP -> roundUp(arguments, span);
      case ROUND -> mapped(arguments, Rational::rounded);
      case FLOOR -> mapped(arguments, Rational::floor);
      case CEIL -> mapped(arguments, Rational::ceiling);
      case MIN -> smaller(function, arguments, span) ? item(arguments, "a") : item(arguments, "b");
      case MAX -> smaller(function, arguments, span) ? item(arguments, "b") : item(arguments, "a");
      case LENGTH -> new Value.Numeric(Quantity.of(items(arguments, "list").items().size()));
      case CYCLE ->
          evaluator.patterns().cycle(items(arguments, "tile"), number(arguments, "count"), span);
      case ZIP -> zip(arguments, span);
      case RAMP ->
          Windows.ramp(
              number(arguments, "from"), number(arguments, "to"), quantity(arguments, "over"));
      case PARAMETERS, ACTIVE_PARAMETERS, FLOPS_PER_TOKEN, RECEPTIVE_FIELD, STATE_BYTES ->
          item(arguments, "model") instanceof Value.Model model
              ? measures.measure(function, model, sequence(arguments), span)
              : Value.UNKNOWN;
      case VOCABULARY ->
          item(arguments, "data") instanceof Value.Data data
              ? measures.vocabulary(data)
              : Value.UNKNOWN;
      case PARALLEL ->
          evaluator.report(
              Code.PARALLEL_IS_A_BLOCK,
              span,
              "mixers side by side are a block of your own; the language has no function for them",
              "`block both(first, second, ffn) { n = norm(x) h = x + first(n) + second(n) out = h + ffn(norm(h)) }`, and here `both(local, memory)`");
      case SHARED -> shared(item(arguments, "part"), span);
    };
  }

  /** A part with one set of weights wherever this value stands. */
  private static Value shared(Value part, Span span) {
    return part instanceof Value.Part own
        ? new Value.Part(
            own.declaration(),
            own.scope(),
            own.label(),
            span,
            own.arguments(),
            new Value.SharedWeights())
        : part;
  }

  /** Lists of the first elements, of the second, and so on. */
  private Value zip(SequencedMap<String, Value.Item> arguments, Span span) {
    List<Value.Items> lists =
        arguments.keySet().stream().map(name -> items(arguments, name)).toList();
    List<Integer> lengths = lists.stream().map(list -> list.items().size()).distinct().toList();
    if (lengths.size() > 1) {
      return evaluator.report(
          Code.OUT_OF_RANGE,
          span,
          "`zip` needs lists of the same length, but these have %d and %d elements"
              .formatted(lengths.getFirst(), lengths.get(1)),
          null);
    }
    if (!evaluator.hasRoomFor((long) lengths.getFirst() * (1 + lists.size()), span)) {
      return Value.UNKNOWN;
    }
    List<Value.Item> zipped = new ArrayList<>();
    for (int i = 0; i < lengths.getFirst(); i++) {
      int at = i;
      List<Value.Item> parts = lists.stream().map(list -> list.items().get(at)).toList();
      zipped.add(new Value.Item(new Value.Items(parts), span));
    }
    return new Value.Items(zipped);
  }

  private interface Mapping {
    Rational apply(Rational value);
  }

  private static Value mapped(SequencedMap<String, Value.Item> arguments, Mapping mapping) {
    Quantity x = quantity(arguments, "x");
    return new Value.Numeric(new Quantity(mapping.apply(x.value()), x.dimension()));
  }

  private Value roundUp(SequencedMap<String, Value.Item> arguments, Span span) {
    Quantity x = quantity(arguments, "x");
    Quantity to = quantity(arguments, "to");
    boolean sameUnit =
        x.dimension().equals(to.dimension()) || to.dimension().equals(Dimension.NONE);
    if (!sameUnit) {
      return unitsDiffer("round_up", x, to, span);
    }
    if (to.value().signum() <= 0) {
      return evaluator.report(
          Code.OUT_OF_RANGE,
          span,
          "`round_up` expects a multiple above 0, but this is " + to,
          null);
    }
    Rational tiles = x.value().dividedBy(to.value()).ceiling();
    return new Value.Numeric(new Quantity(tiles.times(to.value()), x.dimension()));
  }

  /** Whether a is not above b; true after a report too, so that the result is a number. */
  private boolean smaller(
      Function function, SequencedMap<String, Value.Item> arguments, Span span) {
    Quantity a = quantity(arguments, "a");
    Quantity b = quantity(arguments, "b");
    if (!a.dimension().equals(b.dimension())) {
      unitsDiffer(function.text(), a, b, span);
      return true;
    }
    return a.value().compareTo(b.value()) <= 0;
  }

  private Value unitsDiffer(String what, Quantity a, Quantity b, Span span) {
    return evaluator.report(
        Code.WRONG_UNIT,
        span,
        "`%s` needs the same unit in all arguments, but these are %s and %s"
            .formatted(what, a.dimension().describe(), b.dimension().describe()),
        null);
  }

  private static @Nullable Rational sequence(SequencedMap<String, Value.Item> arguments) {
    return arguments.containsKey("seq") ? number(arguments, "seq") : null;
  }

  private static Value item(SequencedMap<String, Value.Item> arguments, String name) {
    Value.Item item = arguments.get(name);
    return item == null ? Value.UNKNOWN : item.value();
  }

  private static Quantity quantity(SequencedMap<String, Value.Item> arguments, String name) {
    return item(arguments, name) instanceof Value.Numeric(Quantity quantity)
        ? quantity
        : Quantity.of(0);
  }

  private static Rational number(SequencedMap<String, Value.Item> arguments, String name) {
    return quantity(arguments, name).value();
  }

  private static Value.Items items(SequencedMap<String, Value.Item> arguments, String name) {
    return item(arguments, name) instanceof Value.Items items ? items : new Value.Items(List.of());
  }
}
