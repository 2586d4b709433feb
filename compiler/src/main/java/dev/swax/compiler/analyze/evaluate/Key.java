package dev.swax.compiler.analyze.evaluate;

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

  public boolean isRequired() {
    return absent.isEmpty();
  }

  /** The value that holds when it is not written; empty where that follows from other things. */
  Optional<Value> otherwise() {
    return stated ? Optional.of(Defaults.value(this)) : Optional.empty();
  }
}
