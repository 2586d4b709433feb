package dev.swax.runtime.task.text.needle;

import java.util.Locale;

/** The eight configurations. Needles are {@code keys * values} sentences. */
public enum NeedleKind {
  SINGLE_1(Haystack.NOISE, Symbol.WORDS, Symbol.NUMBERS, 1, 1, 1),
  SINGLE_2(Haystack.ESSAY, Symbol.WORDS, Symbol.NUMBERS, 1, 1, 1),
  SINGLE_3(Haystack.ESSAY, Symbol.WORDS, Symbol.UUIDS, 1, 1, 1),
  MULTIKEY_1(Haystack.ESSAY, Symbol.WORDS, Symbol.NUMBERS, 4, 1, 1),
  MULTIKEY_2(Haystack.NEEDLES, Symbol.WORDS, Symbol.NUMBERS, 1, 1, 1),
  MULTIKEY_3(Haystack.NEEDLES, Symbol.UUIDS, Symbol.UUIDS, 1, 1, 1),
  MULTIVALUE(Haystack.ESSAY, Symbol.WORDS, Symbol.NUMBERS, 1, 4, 1),
  MULTIQUERY(Haystack.ESSAY, Symbol.WORDS, Symbol.NUMBERS, 4, 1, 4);

  private final Haystack haystack;
  private final Symbol key;
  private final Symbol value;
  private final int keys;
  private final int values;
  private final int queries;

  NeedleKind(Haystack haystack, Symbol key, Symbol value, int keys, int values, int queries) {
    this.haystack = haystack;
    this.key = key;
    this.value = value;
    this.keys = keys;
    this.values = values;
    this.queries = queries;
  }

  /** As a user writes it: {@code single_1}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is averaged with: {@code single/single_1}; the last two stand for themselves. */
  String group() {
    return switch (this) {
      case SINGLE_1, SINGLE_2, SINGLE_3 -> "single/" + id();
      case MULTIKEY_1, MULTIKEY_2, MULTIKEY_3 -> "multikey/" + id();
      case MULTIVALUE, MULTIQUERY -> id();
    };
  }

  public Haystack haystack() {
    return haystack;
  }

  Symbol key() {
    return key;
  }

  Symbol value() {
    return value;
  }

  int keys() {
    return keys;
  }

  /** Values of each key. */
  int valuesPerKey() {
    return values;
  }

  /** Keys that are asked for. */
  int queries() {
    return queries;
  }

  int needles() {
    return keys * values;
  }

  /** How many references a sample has. */
  public int answers() {
    return queries * values;
  }
}
