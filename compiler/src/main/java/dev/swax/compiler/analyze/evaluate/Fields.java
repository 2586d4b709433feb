package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the keys of an instance, and the arguments of built parts. One that is absent and one with
 * an error both read as what the schema states for it, or as empty where it states nothing.
 */
public final class Fields {
  private final Evaluator evaluator;
  private final Instance instance;
  private final Schema schema;

  public Fields(Evaluator evaluator, Instance instance, Schema schema) {
    this.evaluator = evaluator;
    this.instance = instance;
    this.schema = schema;
  }

  public boolean has(String key) {
    return instance.find(key) != null;
  }

  /** Whether what is written for a key has an error. */
  public boolean isWrong(String key) {
    Slot slot = instance.find(key);
    return slot != null && slot.binding().value(evaluator, slot.span()) instanceof Value.Unknown;
  }

  /** Where the value of a key is written; the fallback where it is not. */
  public Span span(String key, Span fallback) {
    Slot slot = instance.find(key);
    return slot == null ? fallback : slot.span();
  }

  public Optional<Value> value(String key) {
    Slot slot = instance.find(key);
    Value value = slot == null ? Value.UNKNOWN : slot.binding().value(evaluator, slot.span());
    return value instanceof Value.Unknown ? schema.otherwise(key) : Optional.of(value);
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

  public Optional<Double> real(String key) {
    return number(key).map(Rational::toDouble);
  }

  public Optional<String> text(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty());
  }

  /** One of the words of the key. */
  public Optional<String> word(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Word(String word) ? Optional.of(word) : Optional.empty());
  }

  public Optional<Boolean> truth(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Truth(boolean b) ? Optional.of(b) : Optional.empty());
  }

  public Optional<Value.Built> built(String key) {
    return value(key)
        .flatMap(v -> v instanceof Value.Built built ? Optional.of(built) : Optional.empty());
  }

  /** The parts of a list. */
  public List<Value.Built> items(String key) {
    return value(key).stream()
        .flatMap(Fields::elements)
        .flatMap(v -> v instanceof Value.Built built ? Stream.of(built) : Stream.empty())
        .toList();
  }

  private static Stream<Value> elements(Value list) {
    return list instanceof Value.Items(List<Value.Item> items)
        ? items.stream().map(Value.Item::value)
        : Stream.empty();
  }

  /** The arguments of a built part, read the same way. */
  public static Optional<Value> value(Value.Built built, String argument) {
    Value.Item item = built.arguments().get(argument);
    return item == null
        ? built.constructor().schema().otherwise(argument)
        : Optional.of(item.value());
  }

  public static Optional<Quantity> quantity(Value.Built built, String argument) {
    return value(built, argument)
        .flatMap(v -> v instanceof Value.Numeric(Quantity q) ? Optional.of(q) : Optional.empty());
  }

  public static Optional<Rational> number(Value.Built built, String argument) {
    return quantity(built, argument).map(Quantity::value);
  }

  public static Optional<Double> real(Value.Built built, String argument) {
    return number(built, argument).map(Rational::toDouble);
  }

  /** The elements of a list, each with its place. */
  public static List<Value.Item> written(Value.Built built, String argument) {
    return value(built, argument).stream()
        .flatMap(v -> v instanceof Value.Items(List<Value.Item> items) ? items.stream() : null)
        .toList();
  }

  /** The elements of a list. */
  public static List<Value> items(Value.Built built, String argument) {
    return value(built, argument).stream().flatMap(Fields::elements).toList();
  }

  /** The numbers of a list. */
  public static List<Double> reals(Value.Built built, String argument) {
    return value(built, argument).stream()
        .flatMap(v -> v instanceof Value.Items(List<Value.Item> items) ? items.stream() : null)
        .map(Value.Item::value)
        .flatMap(v -> v instanceof Value.Numeric(Quantity q) ? Stream.of(q.value()) : null)
        .map(Rational::toDouble)
        .toList();
  }

  /** Where an argument is written; the whole part where it is not. */
  public static Span span(Value.Built built, String argument) {
    Value.Item item = built.arguments().get(argument);
    return item == null ? built.span() : item.span();
  }
}
