package dev.swax.lsp;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which expression gives a declared name its value. */
final class Values {
  private final Map<Span, Expression> values = new LinkedHashMap<>();

  private Values() {}

  /** The value of the name that is declared at {@code place}. */
  static Optional<Expression> find(SyntaxFile file, Span place) {
    return Optional.ofNullable(of(file).get(place));
  }

  /** Every value of a name, by the place of the name. */
  static Map<Span, Expression> of(SyntaxFile file) {
    var all = new Values();
    file.declarations().forEach(all::add);
    return all.values;
  }

  private void add(Declaration declaration) {
    switch (declaration) {
      case Declaration.Let let -> values.put(let.name().span(), let.value());
      case Declaration.Template template -> {
        parameters(template.parameters());
        if (template.body() != null) {
          entries(template.body());
        }
        if (template.value() != null) {
          values.put(template.name().span(), template.value());
        }
      }
      case Declaration.Window window -> {
        values.put(window.name().span(), window.value());
        parameters(window.parameters());
      }
      case Declaration.Data data -> entries(data.body());
      case Declaration.Part _, // its parameters are worked out at each place of use
          Declaration.Profile _,
          Declaration.Grid _,
          Declaration.Expect _ -> {}
    }
  }

  private void parameters(List<Declaration.Parameter> parameters) {
    for (Declaration.Parameter parameter : parameters) {
      if (parameter.defaultValue() != null) {
        values.put(parameter.name().span(), parameter.defaultValue());
      }
    }
  }

  private void entries(Declaration.Body body) {
    body.entries().forEach(entry -> values.put(entry.key().span(), entry.value()));
  }
}
