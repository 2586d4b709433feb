package dev.swax.compiler.diagnostic;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that was probably meant. */
public final class DidYouMean {
  private static final int MOST_CHOICES = 32;

  private DidYouMean() {}

  /**
   * The known name nearest to {@code word} by inserted, removed, changed and swapped letters; at
   * most a third of its length apart, and at most 3. Of equally near ones, the first.
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    int limit = Math.min(3, Math.max(1, word.length() / 3));
    Optional<String> nearest = Optional.empty();
    int least = limit + 1;
    for (String candidate : known) {
      if (Math.abs(candidate.length() - word.length()) < least) {
        int distance = distance(word, candidate);
        if (distance < least) {
          least = distance;
          nearest = Optional.of(candidate);
        }
      }
    }
    return nearest;
  }

  /** The help line for it: {@code did you mean `w_up`?}. */
  public static Optional<String> help(String word, Collection<String> known) {
    return nearest(word, known).map("did you mean `%s`?"::formatted);
  }

  /** The same; where nothing is near, all known names, unless they are very many. */
  public static Optional<String> choices(String word, Collection<String> known) {
    Optional<String> nearest = help(word, known);
    if (nearest.isPresent() || known.isEmpty() || known.size() > MOST_CHOICES) {
      return nearest;
    }
    String all = "`" + String.join("`, `", known) + "`";
    return Optional.of(known.size() == 1 ? all + " is the only choice" : "one of " + all);
  }

  /** Edit distance in which a swap of neighbours is one edit (optimal string alignment). */
  static int distance(String left, String right) {
    int[] beforeLast = new int[right.length() + 1];
    int[] last = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[right.length() + 1];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        char a = left.charAt(i - 1);
        char b = right.charAt(j - 1);
        int change = last[j - 1] + (a == b ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1 && j > 1 && a == right.charAt(j - 2) && left.charAt(i - 2) == b) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[right.length()];
  }
}
