package dev.swax.compiler.parse;

import java.util.Locale;

/** How a message calls a character that may be invisible. */
final class CharacterNames {
  private CharacterNames() {}

  /** {@code `;`} if it can be seen, {@code the character U+00A0 (no-break space)} if not. */
  static String name(int character) {
    boolean visible =
        !Character.isISOControl(character)
            && !Character.isWhitespace(character)
            && !Character.isSpaceChar(character)
            && Character.getType(character) != Character.FORMAT
            && Character.getType(character) != Character.SURROGATE
            && Character.isDefined(character);
    if (visible) {
      return "`%s`".formatted(Character.toString(character));
    }
    String name = Character.getName(character);
    String number = "U+%04X".formatted(character);
    return name == null || character == 0
        ? "the character " + number
        : "the character %s (%s)".formatted(number, name.toLowerCase(Locale.ROOT));
  }
}
