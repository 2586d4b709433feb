package dev.swax.compiler.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints a syntax tree: one line a declaration or item, values as {@link ExpressionPrinter} prints
 * them. Two files print the same exactly if they are the same apart from spans and comments.
 */
public final class SyntaxPrinter {
  private final StringBuilder text = new StringBuilder();

  private SyntaxPrinter() {}

  public static String print(SyntaxFile file) {
    var printer = new SyntaxPrinter();
    if (file.edition() != null) {
      printer.line(0, "edition %s", file.edition().number());
    }
    for (SyntaxFile.Import imported : file.imports()) {
      printer.line(0, "import %s", value(imported.path()));
    }
    file.declarations().forEach(printer::declaration);
    return printer.text.toString();
  }

  private void declaration(Declaration declaration) {
    documentation(0, declaration.documentation());
    String name = declaration.name().text();
    switch (declaration) {
      case Declaration.Let let -> line(0, "let %s = %s", name, value(let.value()));
      case Declaration.Model model -> template("model", model);
      case Declaration.Window window -> {
        line(0, "window %s", name);
        parameters(window.parameters());
        line(1, "value %s", value(window.value()));
      }
      case Declaration.Part part -> {
        line(0, "%s %s", part.kind().text(), name);
        parameters(part.parameters());
        part.statements().forEach(this::statement);
      }
      case Declaration.Data data -> {
        line(0, "data %s", name);
        body(data.body());
      }
      case Declaration.Train train -> template("train", train);
      case Declaration.Profile profile -> {
        line(0, "profile %s", name);
        profile
            .settings()
            .forEach(s -> line(1, "set %s = %s", names(s.path(), "."), value(s.value())));
      }
      case Declaration.Grid grid -> {
        line(0, "grid %s%s", name, grid.title() == null ? "" : " " + value(grid.title()));
        grid.items().forEach(this::item);
      }
      case Declaration.Expect expect -> line(0, "expect %s", value(expect.condition()));
    }
  }

  private void template(String word, Declaration.Template template) {
    line(0, "%s %s", word, template.name().text());
    parameters(template.parameters());
    body(template.body());
    if (template.value() != null) {
      line(1, "value %s", value(template.value()));
    }
  }

  private void parameters(List<Declaration.Parameter> parameters) {
    for (Declaration.Parameter parameter : parameters) {
      String type = parameter.type() == null ? "" : ": " + parameter.type().text();
      line(
          1,
          "parameter %s%s%s",
          parameter.name().text(),
          type,
          after(" = ", parameter.defaultValue()));
    }
  }

  private void body(Declaration.@Nullable Body body) {
    if (body == null) {
      return;
    }
    line(1, "body");
    for (Declaration.Entry entry : body.entries()) {
      documentation(2, entry.documentation());
      line(2, "%s %s = %s", entry.let() ? "let" : "set", entry.key().text(), value(entry.value()));
    }
  }

  private void statement(PartStatement statement) {
    switch (statement) {
      case PartStatement.State state ->
          line(1, "state %s: %s", state.name().text(), shape(state.shape()));
      case PartStatement.Define define ->
          line(
              1,
              "define %s%s = %s",
              names(define.names(), ", "),
              define.shaped() ? ": " + shape(define.shape()) + groups(define) : "",
              value(define.value()));
      case PartStatement.Update update ->
          line(1, "update %s = %s", value(update.state()), value(update.value()));
    }
  }

  private static String groups(PartStatement.Define define) {
    return define.groups() == null ? "" : " per " + define.groups().text();
  }

  private void item(GridItem item) {
    switch (item) {
      case GridItem.Using using -> line(1, "using %s", value(using.train()));
      case GridItem.Column column ->
          line(
              1,
              "column %s%s = %s",
              value(column.label()),
              bindings(column.bindings()),
              value(column.value()));
      case GridItem.Row row ->
          line(
              1,
              "row %s%s = %s%s%s%s",
              value(row.label()),
              bindings(row.bindings()),
              value(row.value()),
              after(" format ", row.format()),
              switch (row.better()) {
                case UNSTATED -> "";
                case LOWER -> " lower";
                case HIGHER -> " higher";
              },
              after(" within ", row.tolerance()));
      case GridItem.Reference reference ->
          line(
              1,
              "reference %s%s",
              value(reference.file()),
              after(" within ", reference.tolerance()));
      case GridItem.Expect expect -> line(1, "expect %s", value(expect.condition()));
      case GridItem.Figure figure ->
          line(1, "figure %s = %s", value(figure.title()), value(figure.value()));
      case GridItem.Setting setting ->
          line(1, "set %s = %s", setting.key().text(), value(setting.value()));
    }
  }

  private static String bindings(List<GridItem.Binding> bindings) {
    var text = new StringBuilder();
    for (GridItem.Binding binding : bindings) {
      String names = names(binding.names(), ", ");
      text.append(
          " for %s in %s"
              .formatted(
                  binding.names().size() == 1 ? names : "(" + names + ")",
                  value(binding.source())));
    }
    return text.toString();
  }

  private static String shape(List<Expression> shape) {
    return "[" + String.join(", ", shape.stream().map(SyntaxPrinter::value).toList()) + "]";
  }

  private static String names(List<Expression.Name> names, String separator) {
    return String.join(separator, names.stream().map(Expression.Name::text).toList());
  }

  private static String after(String word, @Nullable Expression value) {
    return value == null ? "" : word + value(value);
  }

  private static String value(Expression value) {
    return ExpressionPrinter.print(value);
  }

  private void documentation(int depth, String documentation) {
    if (!documentation.isEmpty()) {
      for (String line : documentation.split("\n", -1)) {
        line(depth, "%s", ("doc " + line).stripTrailing());
      }
    }
  }

  private void line(int depth, String form, Object... parts) {
    text.append("  ".repeat(depth)).append(form.formatted(parts)).append('\n');
  }
}
