package dev.swax.compiler.analyze;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The known name that a mistyped one was probably meant to be. */
final class Nearest {
  private Nearest() {}

  /** {@code did you mean `swa`?}, or null if nothing is near. */
  static @Nullable String help(String name, Collection<String> known) {
    return find(name, known).map("did you mean `%s`?"::formatted).orElse(null);
  }

  /** The known name at the smallest edit distance, if that is at most a third of its length. */
  static Optional<String> find(String name, Collection<String> known) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      int allowed = Math.max(1, Math.min(candidate.length(), name.length()) / 3);
      if (distance < bestDistance && distance <= allowed) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Insertions, deletions, substitutions and swaps of neighbours that turn a into b. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
