package dev.swax.runtime.task.text.needle;

import java.util.Collections;
import java.util.List;

/** The same five sentences in each line. */
record Noise() implements Lines {
  private static final String LINE =
      "The stone is grey. The leaf is small. The wind is cold. On we walk. Up the hill and down.";

  @Override
  public List<String> first(int count) {
    return Collections.nCopies(count, LINE);
  }
}
