package dev.swax.compiler.analyze.name;

import dev.swax.compiler.analyze.evaluate.Arguments;
import dev.swax.compiler.analyze.evaluate.Schema;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.compiler.type.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What can be said of declarations without evaluating anything: names twice, unknown keys. */
public final class DeclarationChecks {
  private final Diagnostics diagnostics;

  public DeclarationChecks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  public void check(SyntaxFile file) {
    SequencedMap<String, Expression.Name> names = new LinkedHashMap<>();
    SequencedMap<String, Expression.Name> profiles = new LinkedHashMap<>();
    SequencedMap<String, Expression.Name> grids = new LinkedHashMap<>();
    for (Declaration declaration : file.declarations()) {
      switch (declaration) {
        case Declaration.Expect _ -> {}
        case Declaration.Profile profile -> once(profile.name(), profiles);
        case Declaration.Grid grid -> once(grid.name(), grids);
        default -> once(declaration.name(), names);
      }
      inside(declaration);
    }
  }

  private void inside(Declaration declaration) {
    switch (declaration) {
      case Declaration.Model model -> template(model, Schemas.MODEL);
      case Declaration.Window window -> parameters(window.parameters());
      case Declaration.Part part -> parameters(part.parameters());
      case Declaration.Data data -> body(data.body(), Schemas.DATA, new LinkedHashMap<>());
      case Declaration.Train train -> template(train, Schemas.TRAIN);
      case Declaration.Let _, Declaration.Profile _, Declaration.Grid _, Declaration.Expect _ -> {}
    }
  }

  private void template(Declaration.Template template, Schema schema) {
    SequencedMap<String, Expression.Name> names = parameters(template.parameters());
    Declaration.Body body = template.body();
    if (body != null) {
      body(body, schema, names);
    }
  }

  private SequencedMap<String, Expression.Name> parameters(List<Declaration.Parameter> parameters) {
    SequencedMap<String, Expression.Name> names = new LinkedHashMap<>();
    for (Declaration.Parameter parameter : parameters) {
      once(parameter.name(), names);
      Expression.Name type = parameter.type();
      if (type != null && ValueType.find(type.text()).isEmpty()) {
        diagnostics.report(
            Code.UNKNOWN_TYPE,
            type.span(),
            "there is no type `%s`".formatted(type.text()),
            Arguments.help(type.text(), ValueType.names()));
      }
    }
    return names;
  }

  private void body(
      Declaration.Body body, Schema schema, SequencedMap<String, Expression.Name> names) {
    NameUse used = new NameUse();
    body.entries().forEach(entry -> used.add(entry.value()));
    for (Declaration.Entry entry : body.entries()) {
      String key = entry.key().text();
      once(entry.key(), names);
      if (!entry.let() && schema.find(key).isEmpty()) {
        diagnostics.report(
            Code.UNKNOWN_KEY,
            entry.key().span(),
            "a %s has no key `%s`".formatted(schema.construct(), key),
            used.has(key) && DidYouMean.nearest(key, schema.names()).isEmpty()
                ? "`let %s = …` names a value for other lines".formatted(key)
                : DidYouMean.choices(key, schema.names()).orElse(null));
      }
    }
  }

  private void once(Expression.Name name, SequencedMap<String, Expression.Name> names) {
    Expression.Name first = names.putIfAbsent(name.text(), name);
    if (first != null) {
      diagnostics.report(
          new Diagnostic(
              Code.DUPLICATE_NAME,
              name.span(),
              "`%s` is declared twice".formatted(name.text()),
              List.of(new Diagnostic.Note(first.span(), "first here")),
              null));
    }
  }
}
