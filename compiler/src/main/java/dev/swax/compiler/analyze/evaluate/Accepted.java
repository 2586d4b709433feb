package dev.swax.compiler.analyze.evaluate;

import java.util.List;

/** What a place accepts, in the words that messages and the reference use. */
public sealed interface Accepted permits Wanted, OneOf {
  String description();

  /** Words that mean something in this place alone; none in most. */
  default List<String> words() {
    return List.of();
  }
}
