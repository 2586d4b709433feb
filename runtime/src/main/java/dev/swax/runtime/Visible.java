package dev.swax.runtime;

/** Which characters a text shows as they are. */
public final class Visible {
  private Visible() {}

  /**
   * Neither a control character, nor a line's end, nor one that only changes how its neighbours are
   * shown, nor one that no font has.
   */
  public static boolean is(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Whether it ends a line or does what a terminal is told, and so has no place in a name. */
  public static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  /**
   * Whether a page, a figure or a screen may hold it: it is fit for XML, ends no line, and does not
   * turn the direction of its neighbours round.
   */
  public static boolean isHarmless(int character) {
    return !isControl(character)
        && Character.getType(character) != Character.SURROGATE
        && (character & 0xFFFE) != 0xFFFE
        && !isBidirectional(character);
  }

  private static boolean isBidirectional(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** A text with U+FFFD in place of each character that is not harmless. */
  public static String harmless(String text) {
    return text.codePoints()
        .map(c -> isHarmless(c) ? c : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The same of each line, and tabs stay. */
  public static String harmlessLines(String text) {
    return text.codePoints()
        .map(c -> isHarmless(c) || c == '\n' || c == '\t' ? c : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A text with {@code [U+000A]} in place of each character that would not show. */
  public static String spelled(String text) {
    var spelled = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (is(c)) {
            spelled.appendCodePoint(c);
          } else {
            spelled.append(codePoint(c));
          }
        });
    return spelled.toString();
  }

  /** {@code [U+000A]}. */
  public static String codePoint(int character) {
    return "[U+%04X]".formatted(character);
  }
}
