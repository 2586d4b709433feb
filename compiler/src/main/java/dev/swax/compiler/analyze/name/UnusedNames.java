package dev.swax.compiler.analyze.name;

import dev.swax.compiler.analyze.evaluate.Schema;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of a file that nothing in it mentions: lets, and parameters of models, windows and cells.
 * Where others may: in models that are only a start, and lets of files that train nothing, there is
 * no warning.
 */
public final class UnusedNames {
  private static final String HEADS = "heads";

  private final SyntaxFile file;
  private final Diagnostics diagnostics;
  // What entries of `with` mention: they see the names of the body that they change.
  private final NameUse replacing = new NameUse();
  private final NameUse everywhere = new NameUse();

  /** {@code settings}: of the command line, which may use names of the file. */
  public UnusedNames(SyntaxFile file, List<Declaration.Setting> settings, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
    settings.forEach(setting -> everywhere.add(setting.value()));
    DeclarationExpressions.of(file).forEach(everywhere::add);
    DeclarationExpressions.of(file).forEach(replacing::addReplacements);
    settings.forEach(setting -> replacing.add(setting.value()));
  }

  public void report() {
    boolean trains = file.declarations().stream().anyMatch(UnusedNames::trains);
    for (Declaration declaration : file.declarations()) {
      switch (declaration) {
        case Declaration.Let let -> {
          if (trains) {
            check(let.name(), everywhere, null);
          }
        }
        case Declaration.Model model -> template(model, Schemas.MODEL, isWhole(model));
        case Declaration.Window window -> {
          NameUse use = defaults(window.parameters()).add(window.value());
          window.parameters().forEach(p -> check(p.name(), use, window.name()));
        }
        case Declaration.Part part -> part(part);
        case Declaration.Data data -> data(data.body());
        case Declaration.Train train -> template(train, Schemas.TRAIN, true);
        case Declaration.Profile _, Declaration.Grid _, Declaration.Expect _ -> {}
      }
    }
  }

  private static boolean trains(Declaration declaration) {
    return declaration instanceof Declaration.Train || declaration instanceof Declaration.Grid;
  }

  /** Whether a model is more than a start for others. */
  private static boolean isWhole(Declaration.Model model) {
    Declaration.Body body = model.body();
    return body == null
        || body.entries().stream().anyMatch(entry -> entry.key().text().equals("layers"));
  }

  private void template(Declaration.Template template, Schema schema, boolean whole) {
    Declaration.Body body = template.body();
    Expression value = template.value();
    NameUse use = defaults(template.parameters()).addAll(replacing);
    if (value != null) {
      use.add(value);
      template.parameters().forEach(p -> check(p.name(), use, template.name()));
    } else if (body != null && whole) {
      body.entries().forEach(entry -> use.add(entry.value()));
      for (Declaration.Parameter parameter : template.parameters()) {
        if (schema.find(parameter.name().text()).isEmpty()) {
          check(parameter.name(), use, template.name());
        }
      }
      lets(body, schema, use);
    }
  }

  private void part(Declaration.Part part) {
    NameUse use = defaults(part.parameters());
    part.statements().forEach(use::add);
    for (Declaration.Parameter parameter : part.parameters()) {
      if (!parameter.name().text().equals(HEADS)) {
        check(parameter.name(), use, part.name());
      }
    }
  }

  private void data(Declaration.Body body) {
    NameUse use = new NameUse();
    body.entries().forEach(entry -> use.add(entry.value()));
    lets(body, Schemas.DATA, use);
  }

  private void lets(Declaration.Body body, Schema schema, NameUse use) {
    for (Declaration.Entry entry : body.entries()) {
      String name = entry.key().text();
      if (entry.let() && schema.find(name).isPresent()) {
        diagnostics.report(
            Code.LET_OF_KEY,
            entry.key().span(),
            "`%s` is a key of a %s, so this `let` sets it".formatted(name, schema.construct()),
            "write `%s = …`".formatted(name));
      } else if (entry.let()) {
        check(entry.key(), use, null);
      }
    }
  }

  private static NameUse defaults(List<Declaration.Parameter> parameters) {
    NameUse use = new NameUse();
    for (Declaration.Parameter parameter : parameters) {
      if (parameter.defaultValue() != null) {
        use.add(parameter.defaultValue());
      }
    }
    return use;
  }

  /** {@code owner}: whose parameter the name is; null for a let. */
  private void check(Expression.Name name, NameUse use, Expression.@Nullable Name owner) {
    if (!use.has(name.text())) {
      diagnostics.report(
          Code.NAME_UNUSED,
          name.span(),
          owner == null
              ? "`%s` is never used, so this `let` changes nothing".formatted(name.text())
              : "`%s` of `%s` is never used, so giving it a value changes nothing"
                  .formatted(name.text(), owner.text()),
          null);
    }
  }
}
