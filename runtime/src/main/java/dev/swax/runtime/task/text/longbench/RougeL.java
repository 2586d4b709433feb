package dev.swax.runtime.task.text.longbench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Summary-level Rouge-L as LongBench's library computes it: sentences end at full stops; the
 * matches are the different words in longest common subsequences of any reference sentence with any
 * predicted one; precision and recall count different words; the score is their harmonic mean.
 */
final class RougeL {
  private static final double TINY = 1e-8;

  private RougeL() {}

  static double score(String prediction, String reference) {
    List<List<String>> said = sentences(prediction);
    List<List<String>> wanted = sentences(reference);
    if (said.isEmpty() || wanted.isEmpty()) {
      return 0;
    }
    Set<String> common = new LinkedHashSet<>();
    for (List<String> reference1 : wanted) {
      for (List<String> sentence : said) {
        common.addAll(commonWords(reference1, sentence));
      }
    }
    double precision = (double) common.size() / different(said);
    double recall = (double) common.size() / different(wanted);
    return 2 * precision * recall / (precision + recall + TINY);
  }

  private static List<List<String>> sentences(String text) {
    return Arrays.stream(text.split("\\."))
        .filter(sentence -> !sentence.isEmpty())
        .map(sentence -> List.of(sentence.strip().split("\\s+")))
        .toList();
  }

  private static long different(List<List<String>> sentences) {
    return sentences.stream().flatMap(List::stream).distinct().count();
  }

  /** The words of one longest common subsequence, by the table of lengths of prefixes. */
  private static List<String> commonWords(List<String> a, List<String> b) {
    int[][] lengths = new int[a.size() + 1][b.size() + 1];
    for (int i = 1; i <= a.size(); i++) {
      for (int j = 1; j <= b.size(); j++) {
        lengths[i][j] =
            a.get(i - 1).equals(b.get(j - 1))
                ? lengths[i - 1][j - 1] + 1
                : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
      }
    }
    List<String> words = new ArrayList<>();
    int i = a.size();
    int j = b.size();
    while (i > 0 && j > 0) {
      if (a.get(i - 1).equals(b.get(j - 1))) {
        words.add(a.get(i - 1));
        i--;
        j--;
      } else if (lengths[i - 1][j] > lengths[i][j - 1]) {
        i--;
      } else {
        j--;
      }
    }
    return words;
  }
}
