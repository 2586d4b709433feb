package dev.swax.runtime.data.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * What was left out of files because it was malformed.
 *
 * @param kinds by what is wrong with it
 */
public record Skipped(SequencedMap<String, Count> kinds) {
  /** Nothing was left out. */
  public static final Skipped NONE = new Skipped(new LinkedHashMap<>());

  /**
   * Of one kind.
   *
   * @param first where the first one is
   */
  public record Count(long records, String first) {}

  public Skipped {
    kinds = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(kinds));
  }

  /** Both; {@code next} is of files that come later. */
  public Skipped and(Skipped next) {
    SequencedMap<String, Count> all = new LinkedHashMap<>(kinds);
    next.kinds.forEach((kind, count) ->
        all.merge(kind, count, (a, b) -> new Count(a.records() + b.records(), a.first())));
    return new Skipped(all);
  }

  /** Records of all kinds. */
  public long records() {
    return kinds.values().stream().mapToLong(Count::records).sum();
  }

  /** In words, for one line. */
  public String text() {
    List<String> parts = new ArrayList<>();
    kinds.forEach((kind, count) ->
        parts.add(
            count.records() == 1
                ? "%s (%s)".formatted(kind, count.first())
                : String.format(
                    Locale.ROOT,
                    "%s (%,d, the first is %s)",
                    kind,
                    count.records(),
                    count.first())));
    return String.format(
        Locale.ROOT,
        "left out, because %s malformed: %,d %s: %s",
        records() == 1 ? "it is" : "they are",
        records(),
        records() == 1 ? "record" : "records",
        String.join("; ", parts));
  }
}
