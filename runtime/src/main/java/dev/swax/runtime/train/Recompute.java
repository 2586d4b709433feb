package dev.swax.runtime.train;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which values of a layer the backward pass computes once more, instead of keeping them since the
 * forward pass. Results have the same bits in every case.
 */
public enum Recompute {
  /** None, beyond elementwise work: what is expensive is kept. */
  NONE,
  /** What is inside of mixers: attentions and memories. What enters and leaves them is kept. */
  MIXERS,
  /** All of a layer: only what enters it is kept. */
  ALL;

  /** Of all. */
  public static final List<String> NAMES = Stream.of(values()).map(Recompute::text).toList();

  /** As the language calls it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of these {@link #NAMES}. */
  public static Recompute of(String text) {
    return values()[NAMES.indexOf(text)];
  }
}
