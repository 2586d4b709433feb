package dev.swax.runtime.declare;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** What an argument may be, and what a task gets of it. */
public sealed interface ArgumentType<T> {
  /** A whole number of 1 or more. */
  ArgumentType<Integer> SIZE = new Whole(1, false);

  /** The same, of tokens. */
  ArgumentType<Integer> TOKENS = new Whole(1, true);

  /** A whole number of 0 or more. */
  ArgumentType<Integer> COUNT = new Whole(0, false);

  /** The same, of tokens. */
  ArgumentType<Integer> TOKENS_OR_NONE = new Whole(0, true);

  /** Any number without a unit. */
  ArgumentType<Double> REAL = new Real(false);

  /** A number above 0. */
  ArgumentType<Double> POSITIVE = new Real(true);

  /** A number from 0 to 1, or a percentage. */
  ArgumentType<Double> SHARE = new Share();

  ArgumentType<Boolean> TRUTH = new Truth();

  /** One text. */
  static <T> ArgumentType<T> text(Function<Located, T> meaning) {
    return new Text<>(meaning);
  }

  /** A list of texts; one alone is a list of one. */
  static <T> ArgumentType<T> texts(Function<Located, T> meaning) {
    return new Texts<>(meaning);
  }

  /** One of the constants, in lower case. */
  static <E extends Enum<E>> ArgumentType<E> oneOf(Class<E> constants) {
    SequencedMap<String, E> words = new LinkedHashMap<>();
    for (E constant : constants.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return new Word<>(words);
  }

  /** A word that means none of the constants, or one of them. */
  static <E extends Enum<E>> ArgumentType<Optional<E>> oneOf(String none, Class<E> constants) {
    SequencedMap<String, Optional<E>> words = new LinkedHashMap<>();
    words.put(none, Optional.empty());
    for (E constant : constants.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT), Optional.of(constant));
    }
    return new Word<>(words);
  }

  /** What a task gets of a value, which is of this type. */
  T read(Written value);

  /** A value as one would write it. */
  String written(T value);

  /** Whole numbers from {@code least} on, 0 or 1. */
  record Whole(int least, boolean tokens) implements ArgumentType<Integer> {
    private static final int KI = 1024;

    @Override
    public Integer read(Written value) {
      return (int) Math.min(value.whole(), Integer.MAX_VALUE);
    }

    @Override
    public String written(Integer value) {
      if (!tokens) {
        return value.toString();
      }
      return (value > 0 && value % KI == 0 ? value / KI + "Ki" : value) + " tok";
    }
  }

  record Real(boolean positive) implements ArgumentType<Double> {
    @Override
    public Double read(Written value) {
      return value.real();
    }

    @Override
    public String written(Double value) {
      return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
  }

  record Share() implements ArgumentType<Double> {
    @Override
    public Double read(Written value) {
      return value.real();
    }

    @Override
    public String written(Double value) {
      BigDecimal percent = BigDecimal.valueOf(value).movePointRight(2);
      return percent.stripTrailingZeros().toPlainString() + "%";
    }
  }

  record Truth() implements ArgumentType<Boolean> {
    @Override
    public Boolean read(Written value) {
      return value.truth();
    }

    @Override
    public String written(Boolean value) {
      return value.toString();
    }
  }

  record Text<T>(Function<Located, T> meaning) implements ArgumentType<T> {
    @Override
    public T read(Written value) {
      return meaning.apply(value.texts());
    }

    @Override
    public String written(T value) {
      throw new UnsupportedOperationException("what holds without a text is described");
    }
  }

  record Texts<T>(Function<Located, T> meaning) implements ArgumentType<T> {
    @Override
    public T read(Written value) {
      return meaning.apply(value.texts());
    }

    @Override
    public String written(T value) {
      throw new UnsupportedOperationException("what holds without texts is described");
    }
  }

  /** One of some words, each with what it means. */
  record Word<T>(SequencedMap<String, T> meanings) implements ArgumentType<T> {
    public Word {
      meanings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(meanings));
    }

    @Override
    public T read(Written value) {
      T meaning = meanings.get(value.word());
      if (meaning == null) {
        throw new IllegalArgumentException(value.word());
      }
      return meaning;
    }

    @Override
    public String written(T value) {
      return meanings.entrySet().stream()
          .filter(word -> word.getValue().equals(value))
          .findFirst()
          .orElseThrow()
          .getKey();
    }
  }
}
