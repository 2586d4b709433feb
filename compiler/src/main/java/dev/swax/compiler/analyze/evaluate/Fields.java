package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import java.util.Optional;

/** Reads the keys of an instance. An absent key and one with an error both read as empty. */
public final class Fields {
  private final Evaluator evaluator;
  private final Instance instance;

  public Fields(Evaluator evaluator, Instance instance) {
    this.evaluator = evaluator;
    this.instance = instance;
  }

  public boolean has(String key) {
    return instance.find(key) != null;
  }

  /** Where the value of a key is written; the fallback where it is not. */
  public Span span(String key, Span fallback) {
    Slot slot = instance.find(key);
    return slot == null ? fallback : slot.span();
  }

  public Optional<Value> value(String key) {
    Slot slot = instance.find(key);
    if (slot == null) {
      return Optional.empty();
    }
    Value value = slot.binding().value(evaluator, slot.span());
    return value instanceof Value.Unknown ? Optional.empty() : Optional.of(value);
  }

  public Optional<Quantity> quantity(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Numeric(Quantity q) ? Optional.of(q) : Optional.empty());
  }

  public Optional<Rational> number(String key) {
    return quantity(key).map(Quantity::value);
  }

  public Optional<Integer> size(String key) {
    return number(key).map(n -> (int) n.toLong());
  }

  public Optional<Boolean> truth(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Truth(boolean b) ? Optional.of(b) : Optional.empty());
  }

  public Optional<Value.Built> built(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Built built ? Optional.of(built) : Optional.empty());
  }

  /** The arguments of a built part, read the same way. */
  public static Optional<Rational> number(Value.Built built, String argument) {
    Value.Item item = built.arguments().get(argument);
    return item != null && item.value() instanceof Value.Numeric(Quantity(Rational value, _))
        ? Optional.of(value)
        : Optional.empty();
  }

  public static Optional<Integer> size(Value.Built built, String argument) {
    return number(built, argument).map(n -> (int) n.toLong());
  }

  /** Where an argument is written; the whole part where it is not. */
  public static Span span(Value.Built built, String argument) {
    Value.Item item = built.arguments().get(argument);
    return item == null ? built.span() : item.span();
  }
}
