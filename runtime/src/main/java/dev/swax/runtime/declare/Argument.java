package dev.swax.runtime.declare;

import org.jspecify.annotations.Nullable;

/** One argument of a task. With it, the task reads its value: {@link Given#of}. */
public final class Argument<T> {
  private final String name;
  private final ArgumentType<T> type;
  private final @Nullable T absent;
  private final String shown;
  private final String meaning;

  private Argument(
      String name, ArgumentType<T> type, @Nullable T absent, String shown, String meaning) {
    this.name = name;
    this.type = type;
    this.absent = absent;
    this.shown = shown;
    this.meaning = meaning;
  }

  /** One that must be given. */
  public static <T> Argument<T> required(String name, ArgumentType<T> type, String meaning) {
    return new Argument<>(name, type, null, "", meaning);
  }

  /**
   * One that need not be given.
   *
   * @param absent what holds then
   */
  public static <T> Argument<T> optional(
      String name, ArgumentType<T> type, T absent, String meaning) {
    return new Argument<>(name, type, absent, type.written(absent), meaning);
  }

  /** One that need not be given, where what holds then cannot be written but only described. */
  public static <T> Argument<T> optional(
      String name, ArgumentType<T> type, T absent, String shown, String meaning) {
    return new Argument<>(name, type, absent, shown, meaning);
  }

  /** As it is written: {@code length}. */
  public String name() {
    return name;
  }

  public ArgumentType<T> type() {
    return type;
  }

  /** What holds where it is not given; an error where it must be. */
  public T absent() {
    if (absent == null) {
      throw new IllegalStateException("required: " + name);
    }
    return absent;
  }

  /** That, as one would write it, or in words: {@code 4Ki tok}; empty where it must be given. */
  public String shown() {
    return shown;
  }

  /** A few words for messages: {@code tokens of an example}. */
  public String meaning() {
    return meaning;
  }
}
