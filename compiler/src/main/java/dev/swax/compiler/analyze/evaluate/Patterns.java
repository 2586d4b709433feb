package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.Expression.BinaryOperator;
import dev.swax.compiler.type.Dimension;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * The algebra of lists that layers are written in: {@code n * [a, b]} repeats, {@code [a] + [b]}
 * joins, {@code [e for i in list if c]} maps and filters, {@code list with { 5 = a }} replaces.
 */
final class Patterns {
  static final int MAXIMUM_LENGTH = 65_536;

  private final Evaluator evaluator;

  Patterns(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** A sum or product with a list on one side at least. */
  Value combine(Expression.Binary binary, Value left, Value right) {
    if (left instanceof Value.Unknown || right instanceof Value.Unknown) {
      return Value.UNKNOWN;
    }
    if (binary.operator() == BinaryOperator.ADD) {
      return join(binary, left, right);
    }
    if (left instanceof Value.Items items) {
      return repeat(items, right, binary.right().span(), binary.span());
    }
    return repeat((Value.Items) right, left, binary.left().span(), binary.span());
  }

  private Value join(Expression.Binary binary, Value left, Value right) {
    if (left instanceof Value.Items(var first) && right instanceof Value.Items(var second)) {
      List<Value.Item> joined = new ArrayList<>(first);
      joined.addAll(second);
      return bounded(joined.size(), binary.span()) ? new Value.Items(joined) : Value.UNKNOWN;
    }
    boolean leftIsList = left instanceof Value.Items;
    Expression other = leftIsList ? binary.right() : binary.left();
    return evaluator.report(
        Code.WRONG_TYPE,
        other.span(),
        "`+` joins a list to a list, but this is " + (leftIsList ? right : left).describe(),
        "`[%s]`".formatted(other.span().words()));
  }

  private Value repeat(Value.Items items, Value times, Span timesSpan, Span span) {
    String place = "the number of repetitions";
    if (!(times instanceof Value.Numeric)) {
      return evaluator.coercion().coerce(times, Wanted.COUNT, place, timesSpan);
    }
    if (times instanceof Value.Numeric(Quantity(Rational count, Dimension dimension))
        && dimension.equals(Dimension.NONE)
        && !count.isWhole()) {
      return evaluator.report(
          Code.NOT_WHOLE,
          timesSpan,
          "a list is repeated a whole number of times, but `%s` is %s"
              .formatted(timesSpan.text(), count),
          null);
    }
    Value counted = evaluator.coercion().coerce(times, Wanted.COUNT, place, timesSpan);
    if (!(counted instanceof Value.Numeric(Quantity(Rational count, _)))) {
      return counted;
    }
    if (items.items().isEmpty()) {
      return items;
    }
    Rational length = count.times(Rational.of(items.items().size()));
    if (!bounded(length, span)) {
      return Value.UNKNOWN;
    }
    return cycle(items, (int) length.toLong());
  }

  /** The tile over and over, cut after {@code length} elements. The tile is not empty. */
  static Value.Items cycle(Value.Items tile, int length) {
    List<Value.Item> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(tile.items().get(i % tile.items().size()));
    }
    return new Value.Items(items);
  }

  /** {@code cycle(tile, count)}. */
  Value cycle(Value.Items tile, Rational count, Span span) {
    if (!bounded(count, span)) {
      return Value.UNKNOWN;
    }
    if (tile.items().isEmpty() && count.signum() > 0) {
      return evaluator.report(
          Code.OUT_OF_RANGE,
          span,
          "an empty list cannot be repeated to " + count + " elements",
          null);
    }
    return cycle(tile, (int) count.toLong());
  }

  Value comprehension(Expression.Comprehension comprehension, Scope scope) {
    Value source = evaluator.evaluate(comprehension.source(), scope, Wanted.LIST, "`for … in`");
    if (!(source instanceof Value.Items(List<Value.Item> items))) {
      return Value.UNKNOWN;
    }
    List<Value.Item> kept = new ArrayList<>();
    Expression condition = comprehension.condition();
    for (Value.Item item : items) {
      Scope inner = bind(comprehension.name().text(), item.value(), scope);
      Value keep =
          condition == null
              ? new Value.Truth(true)
              : evaluator.evaluate(condition, inner, Wanted.BOOLEAN, "`if`");
      if (keep instanceof Value.Unknown) {
        return keep;
      }
      if (keep.equals(new Value.Truth(true))) {
        Span span = comprehension.element().span();
        kept.add(new Value.Item(evaluator.evaluate(comprehension.element(), inner), span));
      }
    }
    return new Value.Items(kept);
  }

  private Scope bind(String name, Value value, Scope scope) {
    SequencedMap<String, Binding> bindings = new LinkedHashMap<>();
    bindings.put(name, Binding.of(value));
    return evaluator.frame(scope, bindings);
  }

  Value range(Expression.Range range, Scope scope) {
    Value from = end(range.from(), scope);
    Value to = end(range.to(), scope);
    if (!(from instanceof Value.Numeric(Quantity(Rational first, _)))
        || !(to instanceof Value.Numeric(Quantity(Rational last, _)))) {
      return Value.UNKNOWN;
    }
    if (!bounded(last.minus(first), range.span())) {
      return Value.UNKNOWN;
    }
    List<Value.Item> items = new ArrayList<>();
    for (Rational i = first; i.compareTo(last) < 0; i = i.plus(Rational.ONE)) {
      items.add(new Value.Item(new Value.Numeric(Quantity.of(i)), range.span()));
    }
    return new Value.Items(items);
  }

  private Value end(Expression expression, Scope scope) {
    Value value = evaluator.evaluate(expression, scope, Wanted.REAL, "each end of `..`");
    if (value instanceof Value.Numeric(Quantity(Rational number, _)) && !number.isWhole()) {
      return evaluator.report(
          Code.NOT_WHOLE,
          expression.span(),
          "each end of `..` must be a whole number, but `%s` is %s"
              .formatted(expression.span().words(), number),
          null);
    }
    return value;
  }

  Value index(Expression.Index index, Scope scope) {
    Value base = evaluator.evaluate(index.base(), scope, Wanted.LIST, "`[…]`");
    Value at = evaluator.evaluate(index.index(), scope, Wanted.REAL, "a position in a list");
    if (!(base instanceof Value.Items(List<Value.Item> items)) || at instanceof Value.Unknown) {
      return Value.UNKNOWN;
    }
    OptionalInt place = place(at, items.size(), index.index().span());
    return place.isPresent() ? items.get(place.getAsInt()).value() : Value.UNKNOWN;
  }

  Value with(Value.Items base, Expression.With with, Scope scope) {
    if (!evaluator.hasRoomFor(base.items().size(), with.span())) {
      return Value.UNKNOWN;
    }
    List<Value.Item> items = new ArrayList<>(base.items());
    SequencedMap<Integer, Span> given = new LinkedHashMap<>();
    boolean known = true;
    for (Expression.Replacement replacement : with.overrides()) {
      Span keySpan = replacement.key().span();
      Value at = evaluator.evaluate(replacement.key(), scope, Wanted.REAL, "a position in a list");
      OptionalInt place =
          at instanceof Value.Unknown ? OptionalInt.empty() : place(at, items.size(), keySpan);
      Value value = evaluator.evaluate(replacement.value(), scope);
      known &= place.isPresent();
      place.ifPresent(i -> items.set(i, new Value.Item(value, replacement.value().span())));
      place.ifPresent(i -> once(i, keySpan, given));
    }
    return known ? new Value.Items(items) : Value.UNKNOWN;
  }

  private void once(int place, Span span, SequencedMap<Integer, Span> given) {
    Span first = given.putIfAbsent(place, span);
    if (first != null) {
      evaluator
          .diagnostics()
          .report(
              new Diagnostic(
                  Code.DUPLICATE_NAME,
                  span,
                  "position %d of the list is given twice".formatted(place),
                  List.of(new Diagnostic.Note(first, "first here")),
                  null));
    }
  }

  /** The place that an index means: from the front from 0, from the back from -1. */
  private OptionalInt place(Value at, int size, Span span) {
    Rational index = at instanceof Value.Numeric(Quantity(Rational i, _)) ? i : Rational.ZERO;
    Rational fromFront = index.signum() < 0 ? index.plus(Rational.of(size)) : index;
    boolean inside =
        index.isWhole() && fromFront.signum() >= 0 && fromFront.compareTo(Rational.of(size)) < 0;
    if (inside) {
      return OptionalInt.of((int) fromFront.toLong());
    }
    evaluator.report(
        Code.INDEX_OUTSIDE_LIST,
        span,
        size == 0
            ? "the list is empty, but this is position " + index
            : "the list has positions 0 to %d, or -1 to -%d from its end, but this is position %s"
                .formatted(size - 1, size, index),
        null);
    return OptionalInt.empty();
  }

  private boolean bounded(int length, Span span) {
    return bounded(Rational.of(length), span);
  }

  private boolean bounded(Rational length, Span span) {
    if (length.compareTo(Rational.of(MAXIMUM_LENGTH)) <= 0) {
      return evaluator.hasRoomFor(Math.max(0, length.toLong()), span);
    }
    evaluator.report(
        Code.TOO_LARGE,
        span,
        "this list would have %s elements, but at most %d are allowed"
            .formatted(length, MAXIMUM_LENGTH),
        null);
    return false;
  }
}
