package dev.swax.runtime.task.text.longbench;

import java.util.Arrays;
import java.util.stream.Stream;

/** The lines of an answer as LongBench counts them. */
final class Lines {
  private Lines() {}

  /** Those behind leading line breaks, blanks kept. */
  static Stream<String> of(String answer) {
    int first = 0;
    while (first < answer.length() && answer.charAt(first) == '\n') {
      first++;
    }
    return Arrays.stream(answer.substring(first).split("\n", -1));
  }
}
