package dev.swax.runtime.task.text.longbench;

import dev.swax.runtime.task.text.exact.Normalized;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How LongBench compares a prediction with one reference. */
enum Measure {
  /** F1 of normalised words, counted with their multiplicity. */
  QA_F1 {
    @Override
    double score(String prediction, String reference, List<String> classes) {
      List<String> said = Normalized.words(prediction);
      List<String> wanted = Normalized.words(reference);
      Map<String, Integer> left = new LinkedHashMap<>();
      wanted.forEach(word -> left.merge(word, 1, Integer::sum));
      int same = 0;
      for (String word : said) {
        int count = left.getOrDefault(word, 0);
        same += count > 0 ? 1 : 0;
        left.put(word, count - 1);
      }
      return same == 0 ? 0 : 2.0 * same / (said.size() + wanted.size());
    }
  },
  /** Rouge-L. */
  ROUGE_L {
    @Override
    double score(String prediction, String reference, List<String> classes) {
      return RougeL.score(prediction, reference);
    }
  },
  /**
   * Classes named in the prediction, those apart that are part of the right one: 1 over their
   * number if the right one is among them.
   */
  CLASSIFICATION {
    @Override
    double score(String prediction, String reference, List<String> classes) {
      List<String> named =
          classes.stream()
              .filter(prediction::contains)
              .filter(name -> name.equals(reference) || !reference.contains(name))
              .toList();
      return named.contains(reference) ? 1.0 / named.size() : 0;
    }
  },
  /** Of the numbers in the prediction, the share that is the paragraph's. */
  RETRIEVAL {
    @Override
    double score(String prediction, String reference, List<String> classes) {
      List<String> wanted = numbers(reference);
      return wanted.isEmpty() ? 0 : share(prediction, wanted.getFirst());
    }
  },
  /** Of the numbers in the prediction, the share that is the count. */
  COUNT {
    @Override
    double score(String prediction, String reference, List<String> classes) {
      return share(prediction, reference.strip());
    }
  },
  /**
   * {@code 2 M / (a + b)} of the first line of code, with its indentation: the first behind leading
   * line breaks that has neither a backquote nor {@code #} nor {@code //} in it.
   */
  CODE {
    @Override
    double score(String prediction, String reference, List<String> classes) {
      String line =
          Lines.of(prediction)
              .filter(l -> !l.contains("`") && !l.contains("#") && !l.contains("//"))
              .findFirst()
              .orElse("");
      return EditSimilarity.ratio(line, reference);
    }
  };

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** 0 to 1. */
  abstract double score(String prediction, String reference, List<String> classes);

  private static List<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(MatchResult::group).toList();
  }

  private static double share(String prediction, String wanted) {
    List<String> numbers = new ArrayList<>(numbers(prediction));
    long right = numbers.stream().filter(wanted::equals).count();
    return numbers.isEmpty() ? 0 : (double) right / numbers.size();
  }
}
