package dev.swax.compiler.analyze.name;

import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The expressions that declarations are made of, the statements of cells left out. */
final class DeclarationExpressions {
  private DeclarationExpressions() {}

  static List<Expression> of(SyntaxFile file) {
    return file.declarations().stream().flatMap(DeclarationExpressions::of).toList();
  }

  private static Stream<Expression> of(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Let let -> Stream.of(let.value());
      case Declaration.Template template ->
          Stream.of(
                  defaults(template.parameters()),
                  template.body() == null ? Stream.<Expression>empty() : of(template.body()),
                  Stream.ofNullable(template.value()))
              .flatMap(part -> part);
      case Declaration.Window window ->
          Stream.concat(defaults(window.parameters()), Stream.of(window.value()));
      case Declaration.Part part -> defaults(part.parameters());
      case Declaration.Data data -> of(data.body());
      case Declaration.Profile profile ->
          profile.settings().stream().map(Declaration.Setting::value);
      case Declaration.Grid grid -> grid.items().stream().flatMap(DeclarationExpressions::of);
      case Declaration.Expect expect -> Stream.of(expect.condition());
    };
  }

  private static Stream<Expression> of(Declaration.Body body) {
    return body.entries().stream().map(Declaration.Entry::value);
  }

  private static Stream<Expression> defaults(List<Declaration.Parameter> parameters) {
    return parameters.stream()
        .map(Declaration.Parameter::defaultValue)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull);
  }

  private static Stream<Expression> of(GridItem item) {
    return switch (item) {
      case GridItem.Using using -> Stream.of(using.train());
      case GridItem.Column column ->
          Stream.concat(sources(column.bindings()), Stream.of(column.label(), column.value()));
      case GridItem.Row row ->
          Stream.concat(
              sources(row.bindings()),
              Stream.concat(
                  Stream.of(row.label(), row.value()), Stream.ofNullable(row.tolerance())));
      case GridItem.Reference reference -> Stream.ofNullable(reference.tolerance());
      case GridItem.Expect expect -> Stream.of(expect.condition());
      case GridItem.Figure figure -> Stream.of(figure.title(), figure.value());
      case GridItem.Setting setting -> Stream.of(setting.value());
    };
  }

  private static Stream<Expression> sources(List<GridItem.Binding> bindings) {
    return bindings.stream().map(GridItem.Binding::source);
  }
}
