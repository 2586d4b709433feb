package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Key;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.PartStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Symbols with their line and what is said about them. */
final class Descriptions {
  /** Lines are cut here. */
  private static final int LONGEST = 160;

  private Descriptions() {}

  static Symbol declaration(Declaration declaration) {
    Symbol.Kind kind =
        switch (declaration) {
          case Declaration.Let _ -> Symbol.Kind.LET;
          case Declaration.Model _ -> Symbol.Kind.MODEL;
          case Declaration.Window _ -> Symbol.Kind.WINDOW;
          case Declaration.Data _ -> Symbol.Kind.DATA;
          case Declaration.Train _ -> Symbol.Kind.TRAIN;
          case Declaration.Profile _ -> Symbol.Kind.PROFILE;
          case Declaration.Grid _ -> Symbol.Kind.GRID;
          case Declaration.Expect _ -> Symbol.Kind.VALUE;
          case Declaration.Part part ->
              switch (part.kind()) {
                case CELL -> Symbol.Kind.CELL;
                case FFN -> Symbol.Kind.FFN;
                case NORM -> Symbol.Kind.NORM;
                case BLOCK -> Symbol.Kind.BLOCK;
              };
        };
    Expression.Name name = declaration.name();
    return new Symbol(
        kind, name.text(), name.span(), heading(declaration), declaration.documentation());
  }

  /** All of a declaration but its body. */
  private static String heading(Declaration declaration) {
    Span whole = declaration.span();
    int end =
        switch (declaration) {
          case Declaration.Template template when template.body() != null ->
              template.body().span().start();
          case Declaration.Part part -> afterParameters(part.name(), part.parameters());
          case Declaration.Data data -> data.body().span().start();
          case Declaration.Profile profile -> profile.name().span().end();
          case Declaration.Grid grid -> grid.name().span().end();
          default -> whole.end();
        };
    return cut(new Span(whole.file(), whole.start(), end).words());
  }

  private static int afterParameters(Expression.Name name, List<Declaration.Parameter> parameters) {
    if (parameters.isEmpty()) {
      return name.span().end();
    }
    int last = parameters.getLast().span().end();
    int closing = name.span().file().text().indexOf(')', last);
    return closing < 0 ? last : closing + 1;
  }

  /** A parameter; one that is a key too is that of the language. */
  static Symbol parameter(
      Declaration.Parameter parameter, Expression.Name owner, @Nullable Key key) {
    String documentation =
        "A parameter of `%s`.".formatted(owner.text()) + (key == null ? "" : "\n\n" + meaning(key));
    return new Symbol(
        key == null ? Symbol.Kind.PARAMETER : Symbol.Kind.KEY,
        parameter.name().text(),
        parameter.name().span(),
        cut(parameter.span().words()),
        documentation);
  }

  /** A line of a body: a key of the language, or a name that it gives to a value. */
  static Symbol entry(Declaration.Entry entry, @Nullable Key key) {
    return new Symbol(
        key == null ? Symbol.Kind.LET : Symbol.Kind.KEY,
        entry.key().text(),
        entry.key().span(),
        cut(entry.span().words()),
        key == null
            ? entry.documentation()
            : meaning(key)
                + (entry.documentation().isEmpty() ? "" : "\n\n" + entry.documentation()));
  }

  /** A key that the file does not write. */
  static Symbol key(Key key) {
    return new Symbol(
        Symbol.Kind.KEY,
        key.name(),
        null,
        "%s: %s".formatted(key.name(), key.wanted().description()),
        meaning(key));
  }

  private static String meaning(Key key) {
    String absent =
        key.isRequired()
            ? "Required."
            : key.stated()
                ? "Default: `%s`.".formatted(key.absent())
                : "Without it: " + key.absent() + ".";
    return "%s — %s. %s".formatted(key.meaning(), key.wanted().description(), absent);
  }

  /** A name that a part's body defines. */
  static Symbol value(Expression.Name name, PartStatement line) {
    Symbol.Kind kind = line instanceof PartStatement.State ? Symbol.Kind.STATE : Symbol.Kind.VALUE;
    return new Symbol(kind, name.text(), name.span(), cut(line.span().words()), "");
  }

  static Symbol variable(Expression.Name name, Span source) {
    return new Symbol(
        Symbol.Kind.VARIABLE,
        name.text(),
        name.span(),
        cut("for %s in %s".formatted(name.text(), source.words())),
        "");
  }

  private static String cut(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
  }
}
