package dev.swax.compiler.format;

import static dev.swax.compiler.format.Document.text;

import dev.swax.compiler.format.ItemFormatter.Brackets;
import dev.swax.compiler.format.ItemFormatter.Item;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.ExpressionPrinter;
import dev.swax.compiler.syntax.GridItem;
import dev.swax.compiler.syntax.PartStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays out declarations. */
final class DeclarationFormatter {
  private final ItemFormatter items;
  private final ExpressionFormatter expressions;

  DeclarationFormatter(ItemFormatter items) {
    this.items = items;
    this.expressions = new ExpressionFormatter(items);
  }

  Item item(Declaration declaration) {
    return new Item(
        declaration.span(),
        declaration.documentation(),
        () -> content(declaration),
        standsApart(declaration));
  }

  /** Whether an empty line is kept above and below it: it has braces, or is documented. */
  private static boolean standsApart(Declaration declaration) {
    return !declaration.documentation().isEmpty()
        || switch (declaration) {
          case Declaration.Let _, Declaration.Window _, Declaration.Expect _ -> false;
          case Declaration.Template template -> template.body() != null;
          case Declaration.Part _, Declaration.Data _, Declaration.Profile _, Declaration.Grid _ ->
              true;
        };
  }

  private Document content(Declaration declaration) {
    String name = declaration.name().text();
    int nameEnd = declaration.name().span().end();
    int end = declaration.span().end();
    return switch (declaration) {
      case Declaration.Let let -> assignment("let " + name, let.value());
      case Declaration.Model model -> template("model ", model);
      case Declaration.Window window ->
          Document.of(
              text("window " + name),
              parameters(nameEnd, window.parameters()),
              assignment("", window.value()));
      case Declaration.Part part -> part(part);
      case Declaration.Data data -> Document.of(text("data " + name + " "), body(data.body()));
      case Declaration.Train train -> template("train ", train);
      case Declaration.Profile profile ->
          Document.of(
              text("profile " + name + " "),
              items.block(
                  nameEnd,
                  end,
                  Item.of(profile.settings(), Declaration.Setting::span, this::setting)));
      case Declaration.Grid grid ->
          Document.of(
              text("grid " + name + " "),
              grid.title() == null ? Document.EMPTY : text(quoted(grid.title()) + " "),
              items.block(nameEnd, end, Item.of(grid.items(), GridItem::span, this::gridItem)));
      case Declaration.Expect expect ->
          Document.of(text("expect "), expressions.value(expect.condition()));
    };
  }

  private Document template(String word, Declaration.Template template) {
    int nameEnd = template.name().span().end();
    Document head = text(word + template.name().text());
    Document parameters = parameters(nameEnd, template.parameters());
    Declaration.Body body = template.body();
    if (body != null) {
      return Document.of(head, parameters, text(" "), body(body));
    }
    Expression value = template.value();
    if (value == null) {
      throw new IllegalStateException("neither a body nor a value: " + template.name().text());
    }
    return Document.of(head, parameters, assignment("", value));
  }

  private Document part(Declaration.Part part) {
    int nameEnd = part.name().span().end();
    int open = part.parameters().isEmpty() ? nameEnd : part.parameters().getLast().span().end();
    return Document.of(
        text(part.kind().text() + " " + part.name().text()),
        parameters(nameEnd, part.parameters()),
        text(" "),
        items.block(
            open,
            part.span().end(),
            Item.of(part.statements(), PartStatement::span, this::statement)));
  }

  private Document parameters(int from, List<Declaration.Parameter> parameters) {
    return parameters.isEmpty()
        ? Document.EMPTY
        : items.list(
            Brackets.ROUND,
            from,
            items.comments().behindParenthesis(parameters.getLast().span().end()),
            Item.of(parameters, Declaration.Parameter::span, this::parameter));
  }

  private Document parameter(Declaration.Parameter parameter) {
    String type = parameter.type() == null ? "" : ": " + parameter.type().text();
    String head = parameter.name().text() + type;
    return parameter.defaultValue() == null
        ? text(head)
        : assignment(head, parameter.defaultValue());
  }

  private Document body(Declaration.Body body) {
    List<Item> entries =
        body.entries().stream()
            .map(entry -> new Item(entry.span(), entry.documentation(), () -> entry(entry), false))
            .toList();
    return items.block(body.span().start(), body.span().end(), entries);
  }

  private Document entry(Declaration.Entry entry) {
    return assignment((entry.let() ? "let " : "") + entry.key().text(), entry.value());
  }

  private Document setting(Declaration.Setting setting) {
    String path =
        setting.path().stream().map(Expression.Name::text).collect(Collectors.joining("."));
    return assignment(path, setting.value());
  }

  private Document statement(PartStatement statement) {
    return switch (statement) {
      case PartStatement.State state ->
          Document.of(
              text("state " + state.name().text()),
              state.shape().isEmpty()
                  ? Document.EMPTY
                  : Document.of(text(": "), shape(state.shape())));
      case PartStatement.Update update -> assignment(update.state().text() + "'", update.value());
      case PartStatement.Define define -> define(define);
    };
  }

  private Document define(PartStatement.Define define) {
    String names =
        define.names().stream().map(Expression.Name::text).collect(Collectors.joining(", "));
    return define.shaped()
        ? Document.of(
            text(names + ": "), shape(define.shape()), assignment(groups(define), define.value()))
        : assignment(names, define.value());
  }

  private static String groups(PartStatement.Define define) {
    return define.groups() == null ? "" : " per " + define.groups().text();
  }

  private Document shape(List<Expression> sizes) {
    List<Document> parts = new ArrayList<>(sizes.stream().map(expressions::value).toList());
    return Document.of(text("["), Document.join(text(", "), parts), text("]"));
  }

  private Document gridItem(GridItem item) {
    return switch (item) {
      case GridItem.Using using -> Document.of(text("using "), expressions.value(using.train()));
      case GridItem.Column column ->
          Document.of(
              text("column " + quoted(column.label())),
              bindings(column.bindings()),
              assignment("", column.value()));
      case GridItem.Row row -> row(row);
      case GridItem.Reference reference ->
          Document.of(text("reference " + quoted(reference.file())), within(reference.tolerance()));
      case GridItem.Expect expect ->
          Document.of(text("expect "), expressions.value(expect.condition()));
      case GridItem.Figure figure ->
          Document.of(text("figure "), assignment(quoted(figure.title()), figure.value()));
      case GridItem.Setting setting -> assignment(setting.key().text(), setting.value());
    };
  }

  private Document row(GridItem.Row row) {
    String format = row.format() == null ? "" : " format " + quoted(row.format());
    String better =
        switch (row.better()) {
          case UNSTATED -> "";
          case LOWER -> " lower";
          case HIGHER -> " higher";
        };
    return Document.of(
        text("row "),
        expressions.value(row.label()),
        bindings(row.bindings()),
        assignment("", row.value()),
        text(format + better),
        within(row.tolerance()));
  }

  private Document within(@Nullable Expression tolerance) {
    return tolerance == null
        ? Document.EMPTY
        : Document.of(text(" within "), expressions.value(tolerance));
  }

  private Document bindings(List<GridItem.Binding> bindings) {
    return Document.of(bindings.stream().map(this::binding).toList());
  }

  private Document binding(GridItem.Binding binding) {
    String names =
        binding.names().stream().map(Expression.Name::text).collect(Collectors.joining(", "));
    return Document.of(
        text(" for " + (binding.names().size() == 1 ? names : "(" + names + ")") + " in "),
        expressions.value(binding.source()));
  }

  private Document assignment(String head, Expression value) {
    return Document.of(text(head + " = "), expressions.value(value));
  }

  private static String quoted(Expression.Text text) {
    return ExpressionPrinter.quoted(text.value());
  }
}
