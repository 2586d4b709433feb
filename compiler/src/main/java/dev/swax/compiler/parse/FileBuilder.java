package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.grammar.SwaxParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Builds a file from what was read whole. What has a fault in it is left out. */
final class FileBuilder {
  /** The editions of the language that this compiler reads. */
  private static final BigDecimal NEWEST_EDITION = BigDecimal.ONE;

  private final Places places;
  private final Remarks remarks;
  private final Reporter reporter;
  private final Predicate<ParseTree> wanted;
  private final DeclarationBuilder builder;
  private final List<SyntaxFile.Import> imports = new ArrayList<>();
  private final List<Declaration> declarations = new ArrayList<>();
  private SyntaxFile.@Nullable Edition edition;

  /** {@code wanted}: which declarations can be built. */
  FileBuilder(Places places, Remarks remarks, Reporter reporter, Predicate<ParseTree> wanted) {
    this.places = places;
    this.remarks = remarks;
    this.reporter = reporter;
    this.wanted = wanted;
    this.builder = new DeclarationBuilder(places, remarks, new ExpressionBuilder(places, reporter));
  }

  SyntaxFile build(SwaxParser.FileContext context) {
    for (ParseTree child : context.children) {
      if (child instanceof SwaxParser.DeclarationContext ? wanted.test(child) : Whole.is(child)) {
        add(child);
      }
    }
    return new SyntaxFile(places.file(), edition, imports, declarations, remarks.comments());
  }

  private void add(ParseTree child) {
    switch (child) {
      case SwaxParser.EditionContext c -> addEdition(c);
      case SwaxParser.ImportingContext c -> addImport(c);
      case SwaxParser.DeclarationContext c -> declarations.add(builder.declaration(c));
      case TerminalNode _ -> {} // the end of the file
      default -> throw new AssertionError("unknown part: " + child.getText());
    }
  }

  private void addEdition(SwaxParser.EditionContext context) {
    if (edition != null || !imports.isEmpty() || !declarations.isEmpty()) {
      reporter.report(
          Code.MISPLACED,
          places.span(context),
          "`edition` must stand once, before everything else",
          null);
      return;
    }
    NumberText number = NumberText.of(context.NUMBER().getText());
    boolean known = context.NUMBER().getText().equals(NEWEST_EDITION.toString());
    if (!known) {
      reporter.report(
          Code.UNKNOWN_EDITION,
          context.NUMBER().getSymbol(),
          "there is no edition %s; the only edition is 1".formatted(context.NUMBER().getText()),
          "write `edition 1`");
    }
    edition =
        new SyntaxFile.Edition(places.span(context), known ? number.value().intValueExact() : 1);
  }

  private void addImport(SwaxParser.ImportingContext context) {
    if (!declarations.isEmpty()) {
      reporter.report(
          Code.MISPLACED,
          places.span(context),
          "imports must stand before the first declaration",
          "write it above `%s`".formatted(declarations.getFirst().name().text()));
    }
    imports.add(
        new SyntaxFile.Import(places.span(context), places.text(context.TEXT().getSymbol())));
  }
}
