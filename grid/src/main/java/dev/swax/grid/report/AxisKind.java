package dev.swax.grid.report;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** What lines are called: what the labels along each have in common. */
final class AxisKind {
  private static final Pattern NAMED = Pattern.compile(" (\\w+)=\\{\\1}");
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
  private static final Pattern LINKS = Pattern.compile("[\\s:=@,(\\[-]+$");

  private AxisKind() {}

  /** The name of each line; names that two lines would share say where the axis stands in them. */
  static SequencedMap<String, String> of(Collection<String> lines, String axis) {
    SequencedMap<String, String> names = new LinkedHashMap<>();
    for (String line : new LinkedHashSet<>(lines)) {
      names.put(line, of(line, axis));
    }
    List<String> given = List.copyOf(names.values());
    names.replaceAll((line, name) -> Collections.frequency(given, name) > 1 ? spelled(line) : name);
    return names;
  }

  /**
   * A line's label without the place of the axis: {@code "recall n={n}"} becomes {@code "recall"},
   * {@code "SWAX:{w}"} becomes {@code "SWAX"}, and {@code "recall at {n} tokens"} becomes {@code
   * "recall at n tokens"}.
   */
  static String of(String line, String axis) {
    String text = NAMED.matcher(line).replaceAll("");
    String place = "{" + axis + "}";
    int at = text.indexOf(place);
    boolean alone = at >= 0 && PLACE.matcher(text).results().count() == 1;
    if (!alone || (at > 0 && at + place.length() < text.length())) {
      return spelled(text);
    }
    String rest = text.substring(0, at) + text.substring(at + place.length());
    String trimmed = LINKS.matcher(rest).replaceAll("").strip();
    return trimmed.isEmpty() ? axis : trimmed;
  }

  private static String spelled(String line) {
    return PLACE.matcher(line).replaceAll("$1");
  }
}
