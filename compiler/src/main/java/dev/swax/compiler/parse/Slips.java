package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.grammar.SwaxLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;

/**
 * Reports what is wrong with single words and signs, and puts in their place what was meant, so
 * that the parser reports nothing twice.
 */
final class Slips {
  private static final int LONGEST_NAME = 100;

  private final Reporter reporter;
  private final List<Token> meant = new ArrayList<>();
  private int unknownUpTo = -1;

  private Slips(Reporter reporter) {
    this.reporter = reporter;
  }

  /** The words and signs of a file without slips; comments included. */
  static List<Token> mend(List<? extends Token> tokens, Reporter reporter) {
    var slips = new Slips(reporter);
    tokens.forEach(slips::mend);
    return slips.meant;
  }

  private void mend(Token token) {
    switch (token.getType()) {
      case SwaxLexer.NUMBER, SwaxLexer.PERCENTAGE -> number(token);
      case SwaxLexer.TEXT -> text(token);
      case SwaxLexer.NAME, SwaxLexer.PRIMED -> name(token);
      case SwaxLexer.UNCLOSED_TEXT -> unclosedText(token);
      case SwaxLexer.SMART_QUOTED_TEXT ->
          otherQuotes(token, "a text is written between straight quotes");
      case SwaxLexer.SINGLE_QUOTED -> otherQuotes(token, "a text is written between double quotes");
      case SwaxLexer.HASH_COMMENT ->
          foreignComment(token, "//" + token.getText().substring(1).stripTrailing());
      case SwaxLexer.BLOCK_COMMENT -> foreignComment(token, "// at the start of each line");
      case SwaxLexer.FOREIGN_OPERATOR -> operator(token);
      case SwaxLexer.FOREIGN_NAME -> foreignName(token);
      case SwaxLexer.FOREIGN_CHARACTER -> foreignCharacter(token);
      case SwaxLexer.OTHER -> unknownCharacter(token);
      default -> meant.add(token);
    }
  }

  private void number(Token token) {
    NumberText.fault(token.getText().replace("%", ""))
        .ifPresent(
            fault -> reporter.report(Code.MALFORMED_NUMBER, token, fault.message(), fault.help()));
    meant.add(token);
  }

  private void name(Token token) {
    int length = token.getStopIndex() - token.getStartIndex() + 1;
    if (length > LONGEST_NAME) {
      reporter.report(
          Code.NAME_TOO_LONG,
          token,
          String.format(
              Locale.ROOT,
              "a name has at most %d characters, this one has %,d",
              LONGEST_NAME,
              length),
          null);
    }
    meant.add(token);
  }

  private void text(Token token) {
    String text = token.getText();
    for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
      if (TextEscape.meaning(text.charAt(at + 1)).isEmpty()) {
        int start = token.getStartIndex() + at;
        reporter.report(
            Code.UNKNOWN_ESCAPE,
            new Span(reporter.file(), start, start + 2),
            "`%s` is not an escape sequence".formatted(text.substring(at, at + 2)),
            "write `\\\\` for a backslash, or leave it out; `\\\"`, `\\n`, `\\r` and `\\t` exist too");
      }
    }
    meant.add(token);
  }

  private void unclosedText(Token token) {
    String text = token.getText().stripTrailing();
    Span whole = Lexeme.span(reporter.file(), token);
    reporter.report(
        Code.UNCLOSED_TEXT,
        new Span(whole.file(), whole.start(), whole.start() + text.length()),
        "this text has no closing quote on its line",
        "end it with `\"`");
    meant.add(Lexeme.as(SwaxLexer.TEXT, token));
  }

  private void otherQuotes(Token token, String message) {
    String inner = token.getText().substring(1, token.getText().length() - 1);
    reporter.report(Code.FOREIGN_SYNTAX, token, message, "write `\"%s\"`".formatted(inner));
    meant.add(Lexeme.as(SwaxLexer.TEXT, token));
  }

  private void foreignComment(Token token, String help) {
    Span whole = Lexeme.span(reporter.file(), token);
    int mark = whole.text().startsWith("#") ? 1 : 2;
    reporter.report(
        Code.FOREIGN_SYNTAX,
        new Span(whole.file(), whole.start(), whole.start() + mark),
        "a comment begins with `//`, not with `%s`".formatted(whole.text().substring(0, mark)),
        "write `%s`".formatted(help));
  }

  private void operator(Token token) {
    switch (token.getText()) {
      case "**" -> operator(token, "a power", "^", SwaxLexer.CARET);
      case "&&", "&" -> operator(token, "a logical and", "and", SwaxLexer.AND);
      case "||" -> operator(token, "a logical or", "or", SwaxLexer.OR);
      case "!" -> operator(token, "a logical not", "not", SwaxLexer.NOT);
      case ":=" -> operator(token, "an assignment", "=", SwaxLexer.ASSIGN);
      case "===" -> operator(token, "a comparison", "==", SwaxLexer.EQUAL);
      case "..." -> operator(token, "a range", "..", SwaxLexer.RANGE);
      case "->", "=>" -> operator(token, "an assignment", "=", SwaxLexer.ASSIGN);
      default -> {
        reporter.report(
            Code.FOREIGN_SYNTAX,
            token,
            "`%s` has no meaning here".formatted(token.getText()),
            "write `or` between conditions, `abs(x)` for an absolute value");
        meant.add(Lexeme.as(SwaxLexer.OR, token));
      }
    }
  }

  private void operator(Token token, String purpose, String sign, int type) {
    reporter.report(
        Code.FOREIGN_SYNTAX,
        token,
        "%s is written `%s`, not `%s`".formatted(purpose, sign, token.getText()),
        "write `%s`".formatted(sign));
    meant.add(Lexeme.as(type, token));
  }

  private void foreignName(Token token) {
    reporter.report(
        Code.UNKNOWN_CHARACTER,
        token,
        "the name `%s` has a letter other than a to z".formatted(token.getText()),
        "use the letters a to z, digits and `_`");
    meant.add(Lexeme.as(SwaxLexer.NAME, token));
  }

  private void foreignCharacter(Token token) {
    switch (token.getText().charAt(0)) {
      case '\u2212', '\u2013', '\u2014' -> lookAlike(token, "-", SwaxLexer.MINUS);
      case '\u00d7', '\u2217', '\u22c5' -> lookAlike(token, "*", SwaxLexer.STAR);
      case '\u00f7', '\u2215' -> lookAlike(token, "/", SwaxLexer.SLASH);
      case '\u00b7' -> lookAlike(token, ".", SwaxLexer.DOT);
      case '\u2264' -> lookAlike(token, "<=", SwaxLexer.LESS_EQUAL);
      case '\u2265' -> lookAlike(token, ">=", SwaxLexer.GREATER_EQUAL);
      case '\u2260' -> lookAlike(token, "!=", SwaxLexer.NOT_EQUAL);
      case '\u2026' -> lookAlike(token, "..", SwaxLexer.RANGE);
      default -> unknownCharacter(token);
    }
  }

  private void lookAlike(Token token, String sign, int type) {
    reporter.report(
        Code.UNKNOWN_CHARACTER,
        token,
        "`%s` has no meaning in the language".formatted(token.getText()),
        "write `%s`".formatted(sign));
    meant.add(Lexeme.as(type, token));
  }

  /** Nothing is put in its place. Neighbours of the same kind are one fault. */
  private void unknownCharacter(Token token) {
    reporter.passOver(token);
    int start = token.getStartIndex();
    if (unknownUpTo == start) {
      unknownUpTo = token.getStopIndex() + 1;
      return;
    }
    unknownUpTo = token.getStopIndex() + 1;
    int character = reporter.file().text().codePointAt(start);
    int end = start + Character.charCount(character);
    reporter.report(
        Code.UNKNOWN_CHARACTER,
        new Span(reporter.file(), start, end),
        "%s has no meaning in the language".formatted(CharacterNames.name(character)),
        character == ';' ? "leave it out: a line needs no end mark" : null);
  }
}
