package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.analyze.grid.GridFunction;
import dev.swax.compiler.parse.Words;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The lines of a grid. */
final class GridWalk {
  private final Walk walk;
  private final ExpressionWalk expressions;

  GridWalk(Walk walk) {
    this.walk = walk;
    this.expressions = ExpressionWalk.ofGrids(walk);
  }

  void items(Declaration.Grid grid, Names names) {
    SequencedMap<String, Entity> rows = new LinkedHashMap<>();
    for (GridItem item : grid.items()) {
      if (item instanceof GridItem.Row row) {
        Symbol symbol = row(row);
        rows.putIfAbsent(symbol.name(), Entity.plain(symbol));
      }
    }
    Names inner = names.with(variables(grid)).with(rows);
    grid.items().forEach(item -> item(item, inner, names));
  }

  /** What the lines of a grid bind: figures are drawn against it, values chosen over it. */
  private static SequencedMap<String, Entity> variables(Declaration.Grid grid) {
    SequencedMap<String, Entity> variables = new LinkedHashMap<>();
    for (GridItem item : grid.items()) {
      List<GridItem.Binding> bindings =
          switch (item) {
            case GridItem.Column column -> column.bindings();
            case GridItem.Row row -> row.bindings();
            default -> List.of();
          };
      for (GridItem.Binding binding : bindings) {
        for (Expression.Name name : binding.names()) {
          Symbol symbol = Descriptions.variable(name, binding.source().span());
          variables.putIfAbsent(name.text(), Entity.plain(symbol));
        }
      }
    }
    return variables;
  }

  /** {@code outside}: the names without the rows. */
  private void item(GridItem item, Names names, Names outside) {
    switch (item) {
      case GridItem.Using using -> expressions.expression(using.train(), outside, Wanted.TRAIN);
      case GridItem.Column column -> {
        // What is chosen among columns names those of other lines, and a row.
        boolean chosen = isChoice(column.value());
        Names bound = bind(column.bindings(), chosen ? names : outside);
        expressions.text(column.label(), bound);
        expressions.expression(column.value(), bound, Wanted.MODEL);
      }
      case GridItem.Row row -> row(row, names, outside);
      case GridItem.Reference reference -> {
        if (reference.tolerance() != null) {
          expressions.expression(reference.tolerance(), outside, Wanted.NUMBER);
        }
      }
      case GridItem.Expect expect ->
          expressions.expression(expect.condition(), names, Wanted.BOOLEAN);
      case GridItem.Figure figure -> expressions.expression(figure.value(), names, Wanted.ANY);
      case GridItem.Setting setting -> setting(setting, outside);
    }
  }

  private static boolean isChoice(Expression value) {
    return value instanceof Expression.Call(var _, Expression.Name callee, var _)
        && callee.text().equals(GridFunction.BEST.text());
  }

  private void setting(GridItem.Setting setting, Names names) {
    SequencedMap<String, Entity> keys = Language.keys(Schemas.GRID);
    List<Symbol> all = keys.values().stream().map(Entity::symbol).toList();
    Entity key = keys.get(setting.key().text());
    if (!walk.asks(
        setting.key(), () -> new Site(all, " = ", List.of(), Wanted.ANY, Words.ofGrids()))) {
      walk.uses(setting.key(), key);
    }
    expressions.expression(setting.value(), names, key == null ? Wanted.ANY : key.wanted());
  }

  private void row(GridItem.Row row, Names names, Names outside) {
    Symbol symbol = row(row);
    Names bound = bind(row.bindings(), symbol.kind() == Symbol.Kind.ROW ? names : outside);
    if (row.label() instanceof Expression.Name name) {
      walk.declares(name, symbol);
    } else if (row.label() instanceof Expression.Text text) {
      expressions.text(text, bind(List.of(), bound));
    }
    boolean fact = Language.names().containsKey(symbol.name());
    Names value = fact ? bind(row.bindings(), outside) : bound;
    expressions.expression(row.value(), value, Wanted.NUMBER);
    if (row.tolerance() != null) {
      expressions.expression(row.tolerance(), outside, Wanted.NUMBER);
    }
  }

  private static Symbol row(GridItem.Row row) {
    Span span = row.label().span();
    String name =
        switch (row.label()) {
          case Expression.Text text -> text.value();
          case Expression.Name word -> word.text();
          default -> span.text();
        };
    return new Symbol(Symbol.Kind.ROW, name, span, row.span().words(), "");
  }

  /** The names that the {@code for}s of a line bind, each seen by those after it. */
  private Names bind(List<GridItem.Binding> bindings, Names names) {
    Names bound = names;
    for (GridItem.Binding binding : bindings) {
      expressions.expression(binding.source(), bound, Wanted.LIST);
      SequencedMap<String, Entity> variables = new LinkedHashMap<>();
      for (Expression.Name name : binding.names()) {
        Symbol symbol = Descriptions.variable(name, binding.source().span());
        walk.declares(name, symbol);
        variables.put(name.text(), Entity.plain(symbol));
      }
      bound = bound.with(variables);
    }
    return bound;
  }
}
