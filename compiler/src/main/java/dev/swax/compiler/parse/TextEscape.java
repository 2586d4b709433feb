package dev.swax.compiler.parse;

import java.util.Optional;

/** What a backslash and the character after it mean in a text. */
final class TextEscape {
  private TextEscape() {}

  static Optional<Character> meaning(char escaped) {
    return switch (escaped) {
      case '"', '\\' -> Optional.of(escaped);
      case 'n' -> Optional.of('\n');
      case 'r' -> Optional.of('\r');
      case 't' -> Optional.of('\t');
      default -> Optional.empty();
    };
  }

  /** The content of a quoted text, escapes resolved; one that means nothing stands for itself. */
  static String value(String quoted) {
    int end = quoted.length() > 1 && quoted.endsWith("\"") ? quoted.length() - 1 : quoted.length();
    var value = new StringBuilder();
    for (int at = 1; at < end; at++) {
      char character = quoted.charAt(at);
      if (character == '\\' && at + 1 < end) {
        at++;
        character = meaning(quoted.charAt(at)).orElse(quoted.charAt(at));
      }
      value.append(character);
    }
    return value.toString();
  }
}
