package dev.swax.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the process had too little of, however deep in a failure that is said.
 *
 * @param help what to raise
 */
record Shortage(String message, String help) {
  private static final int DEEPEST = 20;

  static Optional<Shortage> find(Throwable failure) {
    return find(failure, DEEPEST);
  }

  private static Optional<Shortage> find(@Nullable Throwable failure, int depth) {
    if (failure == null || depth == 0) {
      return Optional.empty();
    }
    String text = String.valueOf(failure.getMessage());
    if (text.contains("unable to create native thread")) {
      return Optional.of(
          new Shortage("no further thread can be started", "raise `ulimit -u`, or `--threads 1`"));
    }
    if (failure instanceof OutOfMemoryError) {
      return Optional.of(
          new Shortage(
              "the memory ran out (%s)".formatted(text),
              "a smaller `micro_batch` or model, or a larger Java heap: "
                  + "`JAVA_TOOL_OPTIONS=-Xmx8g`"));
    }
    if (text.contains("Too many open files") || text.contains("too many open files")) {
      return Optional.of(
          new Shortage("too many files are open for this process", "`ulimit -n 1024`"));
    }
    return find(failure.getCause(), depth - 1);
  }
}
