package dev.swax.compiler.analyze.cell;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The known name that a mistyped one was probably meant to be. */
final class Suggestion {
  private Suggestion() {}

  /** {@code did you mean `swa`?}, or null if nothing is near. */
  static @Nullable String help(String name, Collection<String> known, String suffix) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      int allowed = Math.max(1, Math.min(candidate.length(), name.length()) / 3);
      if (distance < bestDistance && distance <= allowed && distance < name.length()) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best == null ? null : "did you mean `%s%s`?".formatted(best, suffix);
  }

  /** Insertions, deletions and substitutions that turn a into b. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
