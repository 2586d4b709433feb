package dev.swax.compiler.analyze;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import java.util.Optional;

/** Reads the keys of an instance. An absent key and one with an error both read as empty. */
final class Fields {
  private final Evaluator evaluator;
  private final Instance instance;

  Fields(Evaluator evaluator, Instance instance) {
    this.evaluator = evaluator;
    this.instance = instance;
  }

  boolean has(String key) {
    return instance.find(key) != null;
  }

  /** Where the value of a key is written; the fallback where it is not. */
  Span span(String key, Span fallback) {
    Slot slot = instance.find(key);
    return slot == null ? fallback : slot.span();
  }

  Optional<Value> value(String key) {
    Slot slot = instance.find(key);
    if (slot == null) {
      return Optional.empty();
    }
    Value value = slot.binding().value(evaluator, slot.span());
    return value instanceof Value.Unknown ? Optional.empty() : Optional.of(value);
  }

  Optional<Quantity> quantity(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Numeric(Quantity q) ? Optional.of(q) : Optional.empty());
  }

  Optional<Rational> number(String key) {
    return quantity(key).map(Quantity::value);
  }

  Optional<Integer> size(String key) {
    return number(key).map(n -> (int) n.toLong());
  }

  Optional<Boolean> truth(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Truth(boolean b) ? Optional.of(b) : Optional.empty());
  }

  Optional<Value.Built> built(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Built built ? Optional.of(built) : Optional.empty());
  }

  /** The arguments of a built part, read the same way. */
  static Optional<Rational> number(Value.Built built, String argument) {
    Value.Item item = built.arguments().get(argument);
    return item != null && item.value() instanceof Value.Numeric(Quantity(Rational value, _))
        ? Optional.of(value)
        : Optional.empty();
  }

  static Optional<Integer> size(Value.Built built, String argument) {
    return number(built, argument).map(n -> (int) n.toLong());
  }

  /** Where an argument is written; the whole part where it is not. */
  static Span span(Value.Built built, String argument) {
    Value.Item item = built.arguments().get(argument);
    return item == null ? built.span() : item.span();
  }
}
