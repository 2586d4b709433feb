package dev.swax.runtime.data.format;

import dev.swax.runtime.UserError;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Where a reader of one file reports malformed records: an error, or counted. */
public final class Faults {
  private final Malformed malformed;
  private final SequencedMap<String, Skipped.Count> kinds = new LinkedHashMap<>();

  public Faults(FormatOptions options) {
    malformed = options.malformed();
  }

  /**
   * A record that cannot be used.
   *
   * @param kind what is wrong, the same for all that are wrong alike
   * @param place file and line
   * @param message place and both facts
   * @param help what to type, beside leaving such records out; or null
   */
  public void report(String kind, String place, String message, @Nullable String help) {
    if (malformed == Malformed.ERROR) {
      String skip = "`malformed = skip` leaves such records out and counts them";
      throw new UserError(message, help == null ? skip : help + "; " + skip);
    }
    var one = new Skipped.Count(1, place);
    kinds.merge(kind, one, (a, _) -> new Skipped.Count(a.records() + 1, a.first()));
  }

  /** What was counted. */
  public Skipped skipped() {
    return new Skipped(kinds);
  }
}
