package dev.swax.compiler.parse;

import dev.swax.compiler.source.SourceFile;
import dev.swax.grammar.SwaxLexer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;

/** The words of a file, for whoever colours or completes them. */
public final class Words {
  private Words() {}

  /** All of them in order, white space left out; none of a file with too many to read. */
  public static List<Word> of(SourceFile file) {
    try {
      return Parser.lex(file).stream()
          .filter(token -> token.getType() != Token.EOF)
          .map(token -> new Word(Lexeme.span(file, token), kind(token)))
          .toList();
    } catch (Beyond beyond) {
      return List.of();
    }
  }

  /** The words that no name may have. */
  public static List<String> reserved() {
    return words(SwaxLexer.LET, SwaxLexer.NOT);
  }

  /** The words that mean something in one place. */
  public static List<String> contextual() {
    return words(SwaxLexer.EDITION, SwaxLexer.ASSUMED);
  }

  /** The words that begin a line of a file. */
  public static List<String> ofFiles() {
    return Stream.concat(Stream.of("let"), words(SwaxLexer.EDITION, SwaxLexer.EXPECT).stream())
        .toList();
  }

  /** The words that begin a line of a grid. */
  public static List<String> ofGrids() {
    return Stream.concat(words(SwaxLexer.USING, SwaxLexer.FIGURE).stream(), Stream.of("expect"))
        .toList();
  }

  private static List<String> words(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(type -> SwaxLexer.VOCABULARY.getSymbolicName(type).toLowerCase(Locale.ROOT))
        .toList();
  }

  private static Word.Kind kind(Token token) {
    int type = token.getType();
    if (Lexeme.isReserved(token)) {
      return Word.Kind.RESERVED;
    }
    if (type >= SwaxLexer.EDITION && type <= SwaxLexer.ASSUMED) {
      return Word.Kind.CONTEXTUAL;
    }
    if (Lexeme.opens(token) || Lexeme.closes(token)) {
      return Word.Kind.BRACKET;
    }
    return switch (type) {
      case SwaxLexer.NAME -> Word.Kind.NAME;
      case SwaxLexer.PRIMED -> Word.Kind.PRIMED;
      case SwaxLexer.NUMBER, SwaxLexer.PERCENTAGE -> Word.Kind.NUMBER;
      case SwaxLexer.TEXT, SwaxLexer.UNCLOSED_TEXT -> Word.Kind.TEXT;
      case SwaxLexer.COMMA, SwaxLexer.COLON -> Word.Kind.SEPARATOR;
      case SwaxLexer.COMMENT -> Word.Kind.COMMENT;
      case SwaxLexer.DOC_COMMENT -> Word.Kind.DOCUMENTATION;
      default ->
          type >= SwaxLexer.ASSIGN && type <= SwaxLexer.AT ? Word.Kind.OPERATOR : Word.Kind.FOREIGN;
    };
  }
}
