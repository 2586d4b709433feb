package dev.swax.runtime.task.text.exact;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as SQuAD compares it: lower case, no ASCII punctuation, no articles, single blanks. */
public final class Normalized {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Pattern ARTICLES =
      Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private Normalized() {}

  public static String text(String text) {
    String bare = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return BLANKS.matcher(ARTICLES.matcher(bare).replaceAll(" ")).replaceAll(" ").strip();
  }

  /** The words of {@link #text}. */
  public static List<String> words(String text) {
    String normalized = text(text);
    return normalized.isEmpty() ? List.of() : List.of(normalized.split(" "));
  }

  /** Whether the prediction is one of the references. */
  public static boolean isAny(String prediction, List<String> references) {
    String said = text(prediction);
    return references.stream().anyMatch(reference -> text(reference).equals(said));
  }
}
