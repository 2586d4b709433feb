package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import java.util.Locale;
import org.antlr.v4.runtime.Token;

/** Thrown where a file goes beyond a limit of what is read; reading ends there. */
final class Beyond extends RuntimeException {
  /** Values within values beyond this are refused. */
  static final int VALUES = 250;

  /** Brackets within brackets beyond this are refused. */
  static final int BRACKETS = 100;

  /** Words, signs and comments of a file beyond this are refused. */
  static final int WORDS = 250_000;

  private static final long serialVersionUID = 1;
  private static final String NAME_A_PART = "name a part with `let` and use the name";

  private final Code code;
  private final transient Token token;
  private final String help;

  private Beyond(Code code, Token token, String message, String help) {
    super(message, null, false, false);
    this.code = code;
    this.token = token;
    this.help = help;
  }

  static Beyond values(Token token) {
    return new Beyond(
        Code.TOO_DEEP,
        token,
        "values are nested more than %d deep here".formatted(VALUES),
        NAME_A_PART);
  }

  static Beyond brackets(Token token) {
    return new Beyond(
        Code.TOO_DEEP,
        token,
        "brackets are nested more than %d deep here".formatted(BRACKETS),
        NAME_A_PART);
  }

  static Beyond words(Token token) {
    return new Beyond(
        Code.UNREADABLE_TEXT,
        token,
        String.format(Locale.ROOT, "this file has more than %,d words and signs", WORDS),
        "move a part to a file of its own and import it");
  }

  void report(Reporter reporter) {
    reporter.report(code, token, String.valueOf(getMessage()), help);
  }
}
