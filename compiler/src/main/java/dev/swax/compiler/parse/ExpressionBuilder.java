package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.Expression.BinaryOperator;
import dev.swax.compiler.syntax.Expression.Multiplier;
import dev.swax.compiler.syntax.Expression.UnaryOperator;
import dev.swax.compiler.syntax.Expression.Unit;
import dev.swax.grammar.SwaxParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/**
 * Builds values. Parentheses leave no trace but the shape of the tree, and the span of what they
 * are an operand of, which takes them in.
 */
final class ExpressionBuilder {
  private final Places places;
  private final Reporter reporter;
  private int depth;

  ExpressionBuilder(Places places, Reporter reporter) {
    this.places = places;
    this.reporter = reporter;
  }

  Expression value(SwaxParser.ValueContext context) {
    Expression value = expression(context.expression());
    return context.assumption() == null
        ? value
        : new Expression.Assumed(
            places.span(context), value, places.text(context.assumption().TEXT().getSymbol()));
  }

  List<Expression> values(List<SwaxParser.ValueContext> contexts) {
    return contexts.stream().map(this::value).toList();
  }

  /** The value, or null where none was written. */
  @Nullable Expression optional(SwaxParser.@Nullable ValueContext context) {
    return context == null ? null : value(context);
  }

  private Expression expression(SwaxParser.ExpressionContext context) {
    if (depth >= Beyond.VALUES) {
      throw Beyond.values(context.getStart());
    }
    depth++;
    Expression built = build(context);
    depth--;
    return built;
  }

  private Expression build(SwaxParser.ExpressionContext context) {
    return switch (context) {
      case SwaxParser.PrimaryExpressionContext c -> primary(c.primary());
      case SwaxParser.IndexExpressionContext c ->
          new Expression.Index(places.span(c), expression(c.expression()), value(c.value()));
      case SwaxParser.PowerExpressionContext c ->
          binary(c, BinaryOperator.POWER, c.expression(0), c.expression(1));
      case SwaxParser.NegateExpressionContext c ->
          new Expression.Unary(places.span(c), UnaryOperator.NEGATE, expression(c.expression()));
      case SwaxParser.ProductExpressionContext c ->
          binary(c, operator(c.operator), c.expression(0), c.expression(1));
      case SwaxParser.SumExpressionContext c ->
          binary(c, operator(c.operator), c.expression(0), c.expression(1));
      case SwaxParser.RangeExpressionContext c ->
          new Expression.Range(
              places.span(c), expression(c.expression(0)), expression(c.expression(1)));
      case SwaxParser.WithExpressionContext c ->
          new Expression.With(
              places.span(c), expression(c.expression()), replacements(c.replacements()));
      case SwaxParser.ComparisonExpressionContext c -> comparison(c);
      case SwaxParser.NotExpressionContext c ->
          new Expression.Unary(places.span(c), UnaryOperator.NOT, expression(c.expression()));
      case SwaxParser.AndExpressionContext c ->
          binary(c, BinaryOperator.AND, c.expression(0), c.expression(1));
      case SwaxParser.OrExpressionContext c ->
          binary(c, BinaryOperator.OR, c.expression(0), c.expression(1));
      case SwaxParser.UntilExpressionContext c ->
          new Expression.Until(
              places.span(c),
              expression(c.expression(0)),
              expression(c.expression(1)),
              expression(c.expression(2)));
      case SwaxParser.ConditionalExpressionContext c ->
          new Expression.Conditional(
              places.span(c),
              expression(c.expression(0)),
              expression(c.expression(1)),
              expression(c.expression(2)));
      case SwaxParser.StallExpressionContext c ->
          new Expression.Stall(places.span(c), expression(c.expression()));
      default -> throw new AssertionError("unknown alternative: " + context.getClass());
    };
  }

  private Expression binary(
      ParserRuleContext context,
      BinaryOperator operator,
      SwaxParser.ExpressionContext left,
      SwaxParser.ExpressionContext right) {
    return new Expression.Binary(
        places.span(context), operator, expression(left), expression(right));
  }

  private Expression comparison(SwaxParser.ComparisonExpressionContext context) {
    if (context.expression(0) instanceof SwaxParser.ComparisonExpressionContext left
        && !(left.expression(0) instanceof SwaxParser.ComparisonExpressionContext)) {
      String middle = Quote.shorten(places.span(left.expression(1)).text());
      reporter.report(
          Code.CHAINED_COMPARISON,
          context.operator,
          "a comparison has two sides, but this `%s` begins a third one"
              .formatted(context.operator.getText()),
          "write `%s and %s %s …`"
              .formatted(
                  Quote.shorten(places.span(left).text()), middle, context.operator.getText()));
    }
    return binary(
        context, operator(context.operator), context.expression(0), context.expression(1));
  }

  private List<Expression.Replacement> replacements(SwaxParser.ReplacementsContext context) {
    List<Expression.Replacement> replacements = new ArrayList<>();
    for (ParseTree child : context.children) {
      switch (child) {
        case SwaxParser.ReplacementContext c -> replacements.add(replacement(c));
        case SwaxParser.PlacementContext c -> replacements.add(placement(c));
        default -> {}
      }
    }
    return replacements;
  }

  private Expression.Replacement placement(SwaxParser.PlacementContext context) {
    SwaxParser.PlaceContext place = context.place();
    Expression key =
        place.NUMBER() == null
            ? value(place.value())
            : new Expression.Unary(
                places.span(place),
                UnaryOperator.NEGATE,
                number(
                    places.span(place.NUMBER().getSymbol()),
                    place.NUMBER().getSymbol(),
                    Unit.NONE));
    return new Expression.Replacement(places.span(context), key, value(context.value()));
  }

  private Expression.Replacement replacement(SwaxParser.ReplacementContext context) {
    SwaxParser.ReplacementKeyContext key = context.replacementKey();
    Expression built =
        key.name() == null
            ? number(places.span(key), key.NUMBER().getSymbol(), Unit.NONE)
            : places.name(key.name());
    return new Expression.Replacement(places.span(context), built, value(context.value()));
  }

  private Expression primary(SwaxParser.PrimaryContext context) {
    return switch (context) {
      case SwaxParser.LiteralPrimaryContext c -> literal(c.literal());
      case SwaxParser.TextPrimaryContext c -> places.text(c.TEXT().getSymbol());
      case SwaxParser.PrimedPrimaryContext c -> places.primed(c.PRIMED().getSymbol());
      case SwaxParser.SamplePrimaryContext c ->
          new Expression.Sample(
              places.span(c), c.outcomes().outcome().stream().map(this::outcome).toList());
      case SwaxParser.NamePrimaryContext c -> nameOrCall(c);
      case SwaxParser.ListPrimaryContext c -> list(c.list());
      case SwaxParser.ParenthesizedPrimaryContext c -> value(c.value());
      default -> throw new AssertionError("unknown alternative: " + context.getClass());
    };
  }

  private Expression.Outcome outcome(SwaxParser.OutcomeContext context) {
    Expression probability = value(context.probability);
    boolean rest = probability instanceof Expression.Name name && name.text().equals("rest");
    return new Expression.Outcome(
        places.span(context), value(context.window), rest ? null : probability);
  }

  private Expression nameOrCall(SwaxParser.NamePrimaryContext context) {
    Expression.Name name = places.name(context.name());
    return context.arguments() == null
        ? name
        : new Expression.Call(
            places.span(context),
            name,
            context.arguments().argument().stream().map(this::argument).toList());
  }

  private Expression.Argument argument(SwaxParser.ArgumentContext context) {
    return new Expression.Argument(
        places.span(context),
        context.name().size() == (context.axis == null ? 0 : 1)
            ? null
            : places.name(context.name().getFirst()),
        argumentValue(context));
  }

  private Expression argumentValue(SwaxParser.ArgumentContext context) {
    Expression value = value(context.value());
    if (context.axis != null) {
      Span span = new Span(value.span().file(), value.span().start(), places.span(context).end());
      return new Expression.Over(span, value, places.name(context.axis));
    }
    SwaxParser.ComprehensionContext comprehension = context.comprehension();
    if (comprehension == null) {
      return value;
    }
    Span span = new Span(value.span().file(), value.span().start(), places.span(context).end());
    return comprehension(span, value, comprehension, true);
  }

  private Expression comprehension(
      Span span, Expression element, SwaxParser.ComprehensionContext context, boolean bare) {
    return new Expression.Comprehension(
        span,
        element,
        places.name(context.name()),
        value(context.source),
        optional(context.condition),
        bare);
  }

  private Expression list(SwaxParser.ListContext context) {
    List<Expression> elements = values(context.value());
    SwaxParser.ComprehensionContext comprehension = context.comprehension();
    return comprehension == null
        ? new Expression.ListLiteral(places.span(context), elements)
        : comprehension(places.span(context), elements.getFirst(), comprehension, false);
  }

  private Expression.Literal literal(SwaxParser.LiteralContext context) {
    if (context.PERCENTAGE() != null) {
      String text = context.PERCENTAGE().getText();
      BigDecimal value = NumberText.of(text.substring(0, text.length() - 1)).value();
      return new Expression.Literal(places.span(context), value, Multiplier.ONE, Unit.PERCENT);
    }
    return number(places.span(context), context.NUMBER().getSymbol(), unit(context));
  }

  private static Unit unit(SwaxParser.LiteralContext context) {
    if (context.UNIT() == null) {
      return Unit.NONE;
    }
    return context.UNIT().getText().equals("tok") ? Unit.TOKEN : Unit.STEP;
  }

  private static Expression.Literal number(Span span, Token token, Unit unit) {
    NumberText number = NumberText.of(token.getText());
    return new Expression.Literal(span, number.value(), number.multiplier(), unit);
  }

  private static BinaryOperator operator(Token token) {
    return switch (token.getType()) {
      case SwaxParser.STAR -> BinaryOperator.MULTIPLY;
      case SwaxParser.SLASH -> BinaryOperator.DIVIDE;
      case SwaxParser.PERCENT -> BinaryOperator.REMAINDER;
      case SwaxParser.DOT -> BinaryOperator.CONTRACT;
      case SwaxParser.PLUS -> BinaryOperator.ADD;
      case SwaxParser.MINUS -> BinaryOperator.SUBTRACT;
      case SwaxParser.EQUAL -> BinaryOperator.EQUAL;
      case SwaxParser.NOT_EQUAL -> BinaryOperator.NOT_EQUAL;
      case SwaxParser.LESS -> BinaryOperator.LESS;
      case SwaxParser.LESS_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
      case SwaxParser.GREATER -> BinaryOperator.GREATER;
      case SwaxParser.GREATER_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
      default -> throw new AssertionError("unknown operator: " + token.getText());
    };
  }
}
