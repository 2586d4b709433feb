package dev.swax.compiler.syntax;

import dev.swax.compiler.syntax.Expression.Argument;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prints a value as {@code (operation part part)}, so that no precedence is left to guess: {@code
 * (add 1 (multiply 2 x))}.
 */
public final class ExpressionPrinter {
  private ExpressionPrinter() {}

  public static String print(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal ->
          literal.value() + literal.multiplier().written() + unit(literal.unit());
      case Expression.Text text -> quoted(text.value());
      case Expression.Name name -> name.text() + (name.primed() ? "'" : "");
      case Expression.Unary unary ->
          form(unary.operator().name().toLowerCase(Locale.ROOT), print(unary.operand()));
      case Expression.Binary binary ->
          form(
              binary.operator().name().toLowerCase(Locale.ROOT),
              print(binary.left()),
              print(binary.right()));
      case Expression.Call call ->
          form(
              "call",
              call.callee().text(),
              all(call.arguments().stream().map(ExpressionPrinter::argument)));
      case Expression.Conditional conditional ->
          form(
              "if",
              print(conditional.condition()),
              print(conditional.then()),
              print(conditional.otherwise()));
      case Expression.ListLiteral list -> form("list", all(list.elements()));
      case Expression.Comprehension comprehension ->
          form(
              "for",
              print(comprehension.name()),
              print(comprehension.source()),
              print(comprehension.element()),
              optional("if", comprehension.condition()));
      case Expression.Over over -> form("over", print(over.base()), print(over.axis()));
      case Expression.Range range -> form("range", print(range.from()), print(range.to()));
      case Expression.Index index -> form("index", print(index.base()), print(index.index()));
      case Expression.With with ->
          form(
              "with",
              print(with.base()),
              all(
                  with.overrides().stream()
                      .map(o -> form("set", print(o.key()), print(o.value())))));
      case Expression.Sample sample ->
          form("sample", all(sample.outcomes().stream().map(ExpressionPrinter::outcome)));
      case Expression.Until until ->
          form("until", print(until.first()), print(until.at()), print(until.second()));
      case Expression.Stall stall -> form("stall", print(stall.measurements()));
      case Expression.Assumed assumed ->
          form("assumed", print(assumed.value()), print(assumed.reason()));
    };
  }

  private static String argument(Argument argument) {
    String value = print(argument.value());
    return argument.name() == null ? value : argument.name().text() + ": " + value;
  }

  private static String outcome(Expression.Outcome outcome) {
    Expression probability = outcome.probability();
    return form(
        "outcome", print(outcome.window()), probability == null ? "rest" : print(probability));
  }

  private static String optional(String word, @Nullable Expression value) {
    return value == null ? "" : form(word, print(value));
  }

  private static String all(List<Expression> expressions) {
    return all(expressions.stream().map(ExpressionPrinter::print));
  }

  private static String all(Stream<String> parts) {
    return String.join(" ", parts.toList());
  }

  private static String form(String... parts) {
    return "(" + all(Stream.of(parts).filter(part -> !part.isEmpty())) + ")";
  }

  private static String unit(Expression.Unit unit) {
    return switch (unit) {
      case NONE, PERCENT -> unit.written();
      case TOKEN, STEP -> " " + unit.written();
    };
  }

  /** The text as it is written in a file. */
  public static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + "\"";
  }
}
