package dev.swax.compiler.format;

import static dev.swax.compiler.format.Document.text;

import dev.swax.compiler.format.ItemFormatter.Brackets;
import dev.swax.compiler.format.ItemFormatter.Item;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.ExpressionPrinter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lays out values, with the parentheses that they need and those that {@link Parentheses} keeps for
 * readers.
 */
final class ExpressionFormatter {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final ItemFormatter items;

  ExpressionFormatter(ItemFormatter items) {
    this.items = items;
  }

  Document value(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> text(literal(literal));
      case Expression.Text text -> text(ExpressionPrinter.quoted(text.value()));
      case Expression.Name name -> text(name.text() + (name.primed() ? "'" : ""));
      case Expression.Unary unary -> unary(unary);
      case Expression.Binary binary -> binary(binary);
      case Expression.Call call -> call(call);
      case Expression.Conditional conditional -> conditional(conditional);
      case Expression.ListLiteral list -> list(list);
      case Expression.Comprehension comprehension -> comprehension(comprehension);
      case Expression.Over over ->
          Document.of(value(over.base()), text(" over " + over.axis().text()));
      case Expression.Range range ->
          Document.of(
              operand(range, range.from(), Precedence.SUM),
              text(".."),
              operand(range, range.to(), Precedence.SUM));
      case Expression.Index index ->
          Document.of(
              operand(index.base(), Precedence.INDEX), text("["), value(index.index()), text("]"));
      case Expression.With with -> with(with);
      case Expression.Sample sample -> sample(sample);
      case Expression.Until until -> until(until);
      case Expression.Stall stall ->
          Document.of(
              text("when validation stalls for "),
              operand(stall.measurements(), Precedence.CONDITIONAL));
      case Expression.Assumed assumed ->
          Document.group(
              operand(assumed.value(), Precedence.CONDITIONAL),
              Document.indented(
                  Document.line(),
                  text("@assumed(" + ExpressionPrinter.quoted(assumed.reason().value()) + ")")));
    };
  }

  /** The value, in parentheses if it does not hold together as tightly as {@code least}. */
  private Document operand(Expression expression, Precedence least) {
    return least.tighterThan(Precedence.of(expression))
        ? parenthesized(expression)
        : value(expression);
  }

  /** The same for the operand of an operator, whose parentheses may also stay for readers. */
  private Document operand(Expression whole, Expression operand, Precedence least) {
    return Parentheses.stay(whole, operand) ? parenthesized(operand) : operand(operand, least);
  }

  private Document parenthesized(Expression expression) {
    return Document.of(text("("), value(expression), text(")"));
  }

  private Document unary(Expression.Unary unary) {
    return switch (unary.operator()) {
      case NEGATE -> Document.of(text("-"), operand(unary, unary.operand(), Precedence.POWER));
      case NOT -> Document.of(text("not "), operand(unary, unary.operand(), Precedence.COMPARISON));
    };
  }

  private Document binary(Expression.Binary binary) {
    Precedence precedence = Precedence.of(binary.operator());
    String sign = binary.operator().written();
    return switch (precedence) {
      case POWER ->
          Document.of(
              operand(binary, binary.left(), Precedence.INDEX),
              text(" " + sign + " "),
              operand(binary, binary.right(), Precedence.POWER));
      case COMPARISON ->
          Document.group(
              operand(binary, binary.left(), Precedence.WITH),
              Document.indented(
                  Document.line(),
                  text(sign + " "),
                  operand(binary, binary.right(), Precedence.WITH)));
      default -> chain(binary, precedence);
    };
  }

  /** {@code a + b - c}, broken before every operator if it does not fit. */
  private Document chain(Expression.Binary binary, Precedence precedence) {
    List<Expression.Binary> steps = new ArrayList<>(List.of(binary));
    while (steps.getFirst().left() instanceof Expression.Binary left
        && Precedence.of(left) == precedence
        && !Parentheses.stay(steps.getFirst(), left)) {
      steps.addFirst(left);
    }
    Document head = operand(steps.getFirst(), steps.getFirst().left(), precedence);
    List<Document> rest = new ArrayList<>();
    for (Expression.Binary step : steps) {
      rest.add(Document.line());
      rest.add(text(step.operator().written() + " "));
      rest.add(operand(step, step.right(), precedence.next()));
    }
    return Document.group(head, new Document.Indented(Document.of(rest)));
  }

  private Document call(Expression.Call call) {
    List<Item> arguments = Item.of(call.arguments(), Expression.Argument::span, this::argument);
    return Document.of(
        text(call.callee().text()),
        items.list(Brackets.ROUND, call.callee().span().end(), call.span().end(), arguments));
  }

  private Document argument(Expression.Argument argument) {
    return argument.name() == null
        ? value(argument.value())
        : Document.of(text(argument.name().text() + ": "), value(argument.value()));
  }

  private Document conditional(Expression.Conditional conditional) {
    return Document.group(
        text("if "),
        operand(conditional.condition(), Precedence.OR),
        Document.indented(
            Document.line(),
            text("then "),
            operand(conditional.then(), Precedence.OR),
            Document.line(),
            text("else "),
            operand(conditional.otherwise(), Precedence.CONDITIONAL)));
  }

  private Document list(Expression.ListLiteral list) {
    List<Item> elements = Item.of(list.elements(), Expression::span, this::value);
    boolean words = list.elements().stream().allMatch(ExpressionFormatter::isPlain);
    int start = list.span().start();
    int end = list.span().end();
    return words
        ? items.filled(Brackets.SQUARE, start, end, elements)
        : items.list(Brackets.SQUARE, start, end, elements);
  }

  private Document comprehension(Expression.Comprehension comprehension) {
    List<Document> body = new ArrayList<>();
    body.add(Document.softLine());
    body.add(value(comprehension.element()));
    body.add(Document.line());
    body.add(text("for " + comprehension.name().text() + " in "));
    body.add(value(comprehension.source()));
    if (comprehension.condition() != null) {
      body.add(Document.line());
      body.add(text("if "));
      body.add(value(comprehension.condition()));
    }
    if (comprehension.bare()) {
      return Document.group(Document.of(body.subList(1, body.size())));
    }
    return Document.group(
        text("["), new Document.Indented(Document.of(body)), Document.softLine(), text("]"));
  }

  private Document with(Expression.With with) {
    List<Item> overrides =
        Item.of(with.overrides(), Expression.Replacement::span, this::replacement);
    boolean commas = with.overrides().stream().anyMatch(o -> !isPlain(o.key()));
    boolean places =
        with.overrides().stream()
            .noneMatch(o -> o.key() instanceof Expression.Name || !isPlain(o.value()));
    Brackets brackets = commas || places ? Brackets.PLACES : Brackets.SETTINGS;
    int from = with.base().span().end();
    int to = with.span().end();
    return Document.of(
        operand(with, with.base(), Precedence.WITH),
        text(" with "),
        places
            ? items.filled(brackets, from, to, overrides)
            : items.list(brackets, from, to, overrides));
  }

  private Document replacement(Expression.Replacement replacement) {
    boolean bare = isPlain(replacement.key()) || isNegativePlace(replacement.key());
    Document key = bare ? value(replacement.key()) : parenthesized(replacement.key());
    return Document.of(key, text(" = "), value(replacement.value()));
  }

  /** Whether it is a name or a number, which nothing before it can take for its own. */
  private static boolean isPlain(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> !name.primed();
      case Expression.Literal literal -> literal.unit() == Expression.Unit.NONE;
      default -> false;
    };
  }

  private static boolean isNegativePlace(Expression key) {
    return key instanceof Expression.Unary(var _, var operator, Expression.Literal number)
        && operator == Expression.UnaryOperator.NEGATE
        && isPlain(number);
  }

  private Document sample(Expression.Sample sample) {
    List<Item> outcomes = Item.of(sample.outcomes(), Expression.Outcome::span, this::outcome);
    return Document.of(
        text("sample per batch "),
        items.list(Brackets.OUTCOMES, sample.span().start(), sample.span().end(), outcomes));
  }

  private Document outcome(Expression.Outcome outcome) {
    Expression probability = outcome.probability();
    return Document.of(
        value(outcome.window()),
        text(": "),
        probability == null ? text("rest") : value(probability));
  }

  /** {@code first until 50% then second until 90% then third}, one step a line if it is long. */
  private Document until(Expression.Until until) {
    Document head = operand(until.first(), Precedence.OR);
    List<Document> steps = new ArrayList<>();
    Expression rest = until;
    while (rest instanceof Expression.Until step) {
      rest = step.second();
      steps.add(Document.line());
      steps.add(text("until "));
      steps.add(operand(step.at(), Precedence.OR));
      steps.add(text(" then "));
      steps.add(
          rest instanceof Expression.Until next
              ? operand(next.first(), Precedence.OR)
              : operand(rest, Precedence.OR));
    }
    return Document.group(head, new Document.Indented(Document.of(steps)));
  }

  /** The number in the digits of the file, so that 3e-4 stays 3e-4. */
  private static String literal(Expression.Literal literal) {
    Matcher written = DIGITS.matcher(literal.span().text());
    String digits = literal.value().toString();
    if (written.lookingAt() && new BigDecimal(written.group()).equals(literal.value())) {
      digits = written.group().toLowerCase(Locale.ROOT).replace("+", "");
    }
    String unit = literal.unit().written();
    boolean apart =
        switch (literal.unit()) {
          case NONE, PERCENT -> false;
          case TOKEN, STEP -> true;
        };
    return digits + literal.multiplier().written() + (apart ? " " + unit : unit);
  }
}
