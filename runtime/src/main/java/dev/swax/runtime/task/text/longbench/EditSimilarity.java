package dev.swax.runtime.task.text.longbench;

/** How alike two lines are. */
final class EditSimilarity {
  private EditSimilarity() {}

  /**
   * {@code 2 m / (|a| + |b|)} with the length m of the longest common subsequence of characters:
   * the normalised indel similarity that fuzzy matchers call ratio; rounded to whole percents as
   * they do. 0 where either is empty.
   */
  static double ratio(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return 0;
    }
    int[] one = a.codePoints().toArray();
    int[] other = b.codePoints().toArray();
    int[] lengths = new int[other.length + 1];
    for (int x : one) {
      int diagonal = 0;
      for (int j = 1; j <= other.length; j++) {
        int above = lengths[j];
        lengths[j] = x == other[j - 1] ? diagonal + 1 : Math.max(above, lengths[j - 1]);
        diagonal = above;
      }
    }
    return Math.rint(200.0 * lengths[other.length] / (one.length + other.length)) / 100;
  }
}
