package dev.swax.runtime.task.text.longbench;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The letter that an answer to a question of LongBench v2 names. */
final class ChoiceLetter {
  private static final Pattern STATED =
      Pattern.compile("The correct answer is (?:\\(([A-D])\\)|([A-D])\\b)");

  private ChoiceLetter() {}

  /** A, B, C or D where the answer says it in the words asked for; asterisks apart. */
  static Optional<String> find(String answer) {
    Matcher stated = STATED.matcher(answer.replace("*", ""));
    if (!stated.find()) {
      return Optional.empty();
    }
    return Optional.ofNullable(stated.group(1)).or(() -> Optional.ofNullable(stated.group(2)));
  }
}
