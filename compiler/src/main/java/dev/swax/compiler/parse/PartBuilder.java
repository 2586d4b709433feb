package dev.swax.compiler.parse;

import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.PartStatement;
import dev.swax.grammar.SwaxParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the lines of a cell. */
final class PartBuilder {
  private final Places places;
  private final ExpressionBuilder expressions;

  PartBuilder(Places places, ExpressionBuilder expressions) {
    this.places = places;
    this.expressions = expressions;
  }

  List<PartStatement> statements(SwaxParser.PartBodyContext context) {
    return Whole.of(context.statement()).stream().map(this::statement).toList();
  }

  private PartStatement statement(SwaxParser.StatementContext context) {
    return switch (context) {
      case SwaxParser.StateStatementContext c ->
          new PartStatement.State(places.span(c), places.name(c.name()), shape(c.shape()));
      case SwaxParser.UpdateStatementContext c ->
          new PartStatement.Update(
              places.span(c), places.primed(c.PRIMED().getSymbol()), expressions.value(c.value()));
      case SwaxParser.DefineStatementContext c ->
          new PartStatement.Define(
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
