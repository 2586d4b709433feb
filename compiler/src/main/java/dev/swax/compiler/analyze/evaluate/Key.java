package dev.swax.compiler.analyze.evaluate;

/**
 * One key of a closed schema, or one argument of a built-in.
 *
 * @param absent what holds when it is not written, as text; empty if it must be written
 */
public record Key(String name, Accepted wanted, String absent, String meaning) {

  static Key required(String name, Accepted wanted, String meaning) {
    return new Key(name, wanted, "", meaning);
  }

  static Key optional(String name, Accepted wanted, String absent, String meaning) {
    return new Key(name, wanted, absent, meaning);
  }

  public boolean isRequired() {
    return absent.isEmpty();
  }
}
