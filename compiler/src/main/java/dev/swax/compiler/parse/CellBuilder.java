package dev.swax.compiler.parse;

import dev.swax.compiler.syntax.CellStatement;
import dev.swax.compiler.syntax.Expression;
import dev.swax.grammar.SwaxParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the lines of a cell. */
final class CellBuilder {
  private final Places places;
  private final ExpressionBuilder expressions;

  CellBuilder(Places places, ExpressionBuilder expressions) {
    this.places = places;
    this.expressions = expressions;
  }

  List<CellStatement> statements(SwaxParser.PartBodyContext context) {
    return context.statement().stream().map(this::statement).toList();
  }

  private CellStatement statement(SwaxParser.StatementContext context) {
    return switch (context) {
      case SwaxParser.StateStatementContext c ->
          new CellStatement.State(places.span(c), places.name(c.name()), shape(c.shape()));
      case SwaxParser.UpdateStatementContext c ->
          new CellStatement.Update(
              places.span(c), places.primed(c.PRIMED().getSymbol()), expressions.value(c.value()));
      case SwaxParser.DefineStatementContext c ->
          new CellStatement.Define(
              places.span(c),
              c.name().stream().map(places::name).toList(),
              c.shape() != null,
              shape(c.shape()),
              c.perGroup() == null ? null : places.name(c.perGroup().name()),
              expressions.value(c.value()));
      default -> throw new AssertionError("unknown line: " + context.getText());
    };
  }

  private List<Expression> shape(SwaxParser.@Nullable ShapeContext context) {
    return context == null ? List.of() : expressions.values(context.value());
  }
}
