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
