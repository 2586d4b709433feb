package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.grammar.SwaxLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;

/** Reads the text of a file. */
public final class Parser {
  private Parser() {}

  /**
   * The syntax tree of a file. Every fault is reported to {@code diagnostics}; declarations with a
   * fault in them are left out of the tree. Never throws for what the text is, and takes time in
   * proportion to its length.
   */
  public static SyntaxFile parse(SourceFile file, Diagnostics diagnostics) {
    return parse(file, Whole::is, diagnostics);
  }

  /**
   * The same for a file that is being written: of a declaration with faults in its body, the items
   * without a fault are there.
   */
  public static SyntaxFile draft(SourceFile file, Diagnostics diagnostics) {
    return parse(file, Whole::isButForItems, diagnostics);
  }

  private static SyntaxFile parse(
      SourceFile file, Predicate<ParseTree> wanted, Diagnostics diagnostics) {
    var reporter = new Reporter(file);
    SyntaxFile syntax = parse(file, wanted, reporter);
    reporter.flush(diagnostics);
    return syntax;
  }

  private static SyntaxFile parse(SourceFile file, Predicate<ParseTree> wanted, Reporter reporter) {
    try {
      List<Token> written = Slips.mend(lex(file), reporter);
      List<Token> comments = written.stream().filter(Remarks::isRemark).toList();
      List<Token> code = code(written, reporter);
      var remarks = new Remarks(file, reporter.lines(), code, comments);
      return new FileBuilder(new Places(file), remarks, reporter, wanted)
          .build(parser(code, reporter).file());
    } catch (Reporter.Full full) {
      return new SyntaxFile(file, null, List.of(), List.of(), List.of());
    } catch (Beyond beyond) {
      beyond.report(reporter);
      return new SyntaxFile(file, null, List.of(), List.of(), List.of());
    }
  }

  /** What is parsed: no comments, every bracket closed, units told from names. */
  static List<Token> code(List<Token> written, Reporter reporter) {
    List<Token> words = written.stream().filter(token -> !Remarks.isRemark(token)).toList();
    return Units.mark(Brackets.pair(words, reporter), reporter.lines());
  }

  /** Words, signs and comments as they are written, the end of the file last. */
  static List<Token> lex(SourceFile file) {
    var lexer = new SwaxLexer(new Utf16Stream(file.text()));
    lexer.removeErrorListeners();
    List<Token> tokens = new ArrayList<>();
    for (Token token = lexer.nextToken(); ; token = lexer.nextToken()) {
      tokens.add(token);
      if (token.getType() == Token.EOF) {
        return tokens;
      }
      if (tokens.size() > Beyond.WORDS) {
        throw Beyond.words(token);
      }
    }
  }

  /** The grammar over the words and signs of a file, all of them with a meaning and in pairs. */
  static NestingLimit parser(List<Token> code, Reporter reporter) {
    var parser = new NestingLimit(new CommonTokenStream(new ListTokenSource(code)));
    parser.removeErrorListeners();
    parser.setErrorHandler(new Recovery(reporter.lines(), code, new Explanation(reporter, code)));
    return parser;
  }
}
