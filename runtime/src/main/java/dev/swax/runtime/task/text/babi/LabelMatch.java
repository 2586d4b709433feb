package dev.swax.runtime.task.text.babi;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** BABILong's comparison. */
final class LabelMatch {
  private static final Pattern END = Pattern.compile("\\.|<context>|<example>|question");

  private LabelMatch() {}

  /**
   * Whether the target is the one label that the prediction names, those of the question apart.
   * Only the prediction's first sentence counts, and nothing after a new text, example or question.
   */
  static boolean isRight(String prediction, String question, String target, List<String> labels) {
    String said = END.split(prediction.toLowerCase(Locale.ROOT), 2)[0];
    String asked = question.toLowerCase(Locale.ROOT);
    List<String> named =
        labels.stream()
            .map(label -> label.toLowerCase(Locale.ROOT))
            .filter(label -> said.contains(label) && !asked.contains(label))
            .toList();
    return named.equals(List.of(target.toLowerCase(Locale.ROOT)));
  }
}
