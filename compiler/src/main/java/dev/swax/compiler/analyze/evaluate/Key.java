package dev.swax.compiler.analyze.evaluate;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import java.util.List;
import java.util.Optional;

/**
 * One key of a closed schema, or one argument of a built-in.
 *
 * @param absent what holds when it is not written, as text; empty if it must be written
 * @param stated whether that is a value, as one would write it, and not a description
 */
public record Key(String name, Accepted wanted, String absent, boolean stated, String meaning) {

  static Key required(String name, Accepted wanted, String meaning) {
    return new Key(name, wanted, "", false, meaning);
  }

  /** {@code absent} is a value: {@code 64Ki tok}. Nothing else states it. */
  static Key optional(String name, Accepted wanted, String absent, String meaning) {
    return new Key(name, wanted, absent, true, meaning);
  }

  /** {@code absent} describes what follows from other things: {@code what fits}. */
  static Key derived(String name, Accepted wanted, String absent, String meaning) {
    return new Key(name, wanted, absent, false, meaning);
  }

  /** An argument that is declared in the runtime. */
  static Key of(Argument<?> argument) {
    return new Key(
        argument.name(), wanted(argument.type()), argument.shown(), false, argument.meaning());
  }

  private static Accepted wanted(ArgumentType<?> type) {
    return switch (type) {
      case ArgumentType.Whole(int least, _) -> least > 0 ? Wanted.SIZE : Wanted.DISTANCE;
      case ArgumentType.Real(boolean positive) -> positive ? Wanted.POSITIVE_REAL : Wanted.REAL;
      case ArgumentType.Share _ -> Wanted.SHARE;
      case ArgumentType.Truth _ -> Wanted.BOOLEAN;
      case ArgumentType.Text<?> _ -> Wanted.TEXT;
      case ArgumentType.Texts<?> _ -> Wanted.TEXTS;
      case ArgumentType.Word<?> word -> new OneOf(List.copyOf(word.meanings().keySet()));
    };
  }

  public boolean isRequired() {
    return absent.isEmpty();
  }

  /** The value that holds when it is not written; empty where that follows from other things. */
  Optional<Value> otherwise() {
    return stated ? Optional.of(Defaults.value(this)) : Optional.empty();
  }
}
