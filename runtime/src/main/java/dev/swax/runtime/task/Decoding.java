package dev.swax.runtime.task;

import java.util.List;

/**
 * How a model writes an answer.
 *
 * @param tokens the most that it writes
 * @param samples how many answers it writes to each question
 * @param temperature 0 for the likeliest token each time
 * @param stops an answer ends before the first of these texts
 */
public record Decoding(int tokens, int samples, double temperature, List<String> stops) {
  public Decoding {
    stops = List.copyOf(stops);
    if (tokens < 1 || samples < 1 || !(temperature >= 0)) {
      throw new IllegalArgumentException(
          "%d tokens, %d samples, temperature %s".formatted(tokens, samples, temperature));
    }
  }

  /** One answer of the likeliest tokens. */
  public static Decoding greedy(int tokens) {
    return new Decoding(tokens, 1, 0, List.of());
  }
}
