package dev.swax.compiler.analyze.evaluate;

import java.util.List;

/** One of these words, which mean this in such a place alone. */
record OneOf(List<String> words) implements Accepted {
  OneOf {
    words = List.copyOf(words);
  }

  @Override
  public String description() {
    return "one of `" + String.join("`, `", words) + "`";
  }
}
