package dev.swax.lsp;

import dev.swax.compiler.analyze.symbol.Symbol;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import dev.swax.compiler.syntax.PartStatement;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.lsp4j.DocumentSymbol;
import org.jspecify.annotations.Nullable;

/** The declarations of a file, each with what it holds. */
final class Outline {
  private Outline() {}

  static List<DocumentSymbol> of(SyntaxFile file) {
    return file.declarations().stream().map(Outline::declaration).toList();
  }

  private static DocumentSymbol declaration(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Let let -> leaf(let.name(), let.span(), Symbol.Kind.LET);
      case Declaration.Model model ->
          symbol(model.name(), model.span(), Symbol.Kind.MODEL, body(model.body()));
      case Declaration.Window window -> leaf(window.name(), window.span(), Symbol.Kind.WINDOW);
      case Declaration.Part part ->
          symbol(
              part.name(),
              part.span(),
              Symbol.Kind.CELL,
              part.statements().stream().flatMap(Outline::statement).toList());
      case Declaration.Data data ->
          symbol(data.name(), data.span(), Symbol.Kind.DATA, body(data.body()));
      case Declaration.Train train ->
          symbol(train.name(), train.span(), Symbol.Kind.TRAIN, body(train.body()));
      case Declaration.Profile profile ->
          symbol(
              profile.name(),
              profile.span(),
              Symbol.Kind.PROFILE,
              profile.settings().stream().map(Outline::setting).toList());
      case Declaration.Grid grid ->
          symbol(
              grid.name(),
              grid.span(),
              Symbol.Kind.GRID,
              grid.items().stream().flatMap(Outline::item).toList());
      case Declaration.Expect expect ->
          named(
              "expect " + expect.condition().span().words(),
              expect.span(),
              expect.name().span(),
              Symbol.Kind.KEY,
              List.of());
    };
  }

  private static List<DocumentSymbol> body(Declaration.@Nullable Body body) {
    return body == null
        ? List.of()
        : body.entries().stream()
            .map(entry ->
                leaf(entry.key(), entry.span(), entry.let() ? Symbol.Kind.LET : Symbol.Kind.KEY))
            .toList();
  }

  private static Stream<DocumentSymbol> statement(PartStatement statement) {
    return switch (statement) {
      case PartStatement.State state ->
          Stream.of(leaf(state.name(), state.span(), Symbol.Kind.STATE));
      case PartStatement.Define define ->
          define.names().stream().map(name -> leaf(name, define.span(), Symbol.Kind.VALUE));
      case PartStatement.Update _ -> Stream.empty();
    };
  }

  private static DocumentSymbol setting(Declaration.Setting setting) {
    Span path = setting.path().getFirst().span().to(setting.path().getLast().span());
    return named(path.words(), setting.span(), path, Symbol.Kind.KEY, List.of());
  }

  private static Stream<DocumentSymbol> item(GridItem item) {
    return switch (item) {
      case GridItem.Column column ->
          Stream.of(label(column.label(), column.span(), Symbol.Kind.MODEL));
      case GridItem.Row row -> Stream.of(label(row.label(), row.span(), Symbol.Kind.ROW));
      case GridItem.Figure figure ->
          Stream.of(label(figure.title(), figure.span(), Symbol.Kind.VALUE));
      case GridItem.Setting setting ->
          Stream.of(leaf(setting.key(), setting.span(), Symbol.Kind.KEY));
      case GridItem.Using _, GridItem.Reference _, GridItem.Expect _ -> Stream.empty();
    };
  }

  private static DocumentSymbol label(Expression label, Span whole, Symbol.Kind kind) {
    String name = label instanceof Expression.Text text ? text.value() : label.span().text();
    return named(name, whole, label.span(), kind, List.of());
  }

  private static DocumentSymbol leaf(Expression.Name name, Span whole, Symbol.Kind kind) {
    return symbol(name, whole, kind, List.of());
  }

  private static DocumentSymbol symbol(
      Expression.Name name, Span whole, Symbol.Kind kind, List<DocumentSymbol> children) {
    return named(name.text(), whole, name.span(), kind, children);
  }

  /** A name may not be blank. */
  private static DocumentSymbol named(
      String name, Span whole, Span chosen, Symbol.Kind kind, List<DocumentSymbol> children) {
    return new DocumentSymbol(
        name.isBlank() ? chosen.words() : name,
        Kinds.ofOutline(kind),
        Positions.range(whole),
        Positions.range(chosen),
        null,
        children);
  }
}
