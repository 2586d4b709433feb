package dev.swax.compiler.syntax;

import dev.swax.compiler.source.Span;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as it was written. Nothing is resolved yet: names are text. */
public sealed interface Expression {
  Span span();

  /**
   * {@code 128}, {@code 128Ki}, {@code 3e-4}, {@code 90%}, {@code 1M tok}. Multiplier and unit are
   * as written.
   */
  record Literal(Span span, BigDecimal value, Multiplier multiplier, Unit unit)
      implements Expression {}

  record Text(Span span, String value) implements Expression {}

  /** A name; {@code primed} is the next state {@code S'} inside a cell. */
  record Name(Span span, String text, boolean primed) implements Expression {}

  record Unary(Span span, UnaryOperator operator, Expression operand) implements Expression {}

  record Binary(Span span, BinaryOperator operator, Expression left, Expression right)
      implements Expression {}

  /** {@code swa(window: 128, heads: 16)}. */
  record Call(Span span, Name callee, List<Argument> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code if c then a else b}. */
  record Conditional(Span span, Expression condition, Expression then, Expression otherwise)
      implements Expression {}

  /** {@code [a, b, c]}. */
  record ListLiteral(Span span, List<Expression> elements) implements Expression {
    public ListLiteral {
      elements = List.copyOf(elements);
    }
  }

  /**
   * {@code [element for name in source if condition]}.
   *
   * @param bare whether it stands without brackets, as the argument of a call
   */
  record Comprehension(
      Span span,
      Expression element,
      Name name,
      Expression source,
      @Nullable Expression condition,
      boolean bare)
      implements Expression {}

  /** {@code base over axis}: the columns of a grid that differ in one name. */
  record Over(Span span, Expression base, Name axis) implements Expression {}

  /** {@code from..to}, {@code to} not included. */
  record Range(Span span, Expression from, Expression to) implements Expression {}

  /** {@code base[index]}. */
  record Index(Span span, Expression base, Expression index) implements Expression {}

  /**
   * {@code base with { key = value, 5 = full }}: a model with other entries, or a list with other
   * elements.
   */
  record With(Span span, Expression base, List<Replacement> overrides) implements Expression {
    public With {
      overrides = List.copyOf(overrides);
    }
  }

  /** {@code sample per batch { 128: p, 2048: rest }}. */
  record Sample(Span span, List<Outcome> outcomes) implements Expression {
    public Sample {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** {@code first until 90% then second}. */
  record Until(Span span, Expression first, Expression at, Expression second)
      implements Expression {}

  /** {@code when validation stalls for 5}: when a training ends before its budget is spent. */
  record Stall(Span span, Expression measurements) implements Expression {}

  /** {@code value @assumed("why")}. */
  record Assumed(Span span, Expression value, Text reason) implements Expression {}

  /** An argument; {@code name} is null where it is given by position. */
  record Argument(Span span, @Nullable Name name, Expression value) {}

  /**
   * One {@code key = value} of a {@code with}; the key is a {@link Name} or an index expression.
   */
  record Replacement(Span span, Expression key, Expression value) {}

  /** One window of a {@code sample}; {@code probability} is null for {@code rest}. */
  record Outcome(Span span, Expression window, @Nullable Expression probability) {}

  /** What a number is multiplied by: Ki and Mi count in 1024s, k, M and B in 1000s. */
  enum Multiplier {
    ONE(""),
    KIBI("Ki"),
    MEBI("Mi"),
    THOUSAND("k"),
    MILLION("M"),
    BILLION("B");

    private final String written;

    Multiplier(String written) {
      this.written = written;
    }

    public String written() {
      return written;
    }
  }

  enum Unit {
    NONE(""),
    TOKEN("tok"),
    STEP("step"),
    PERCENT("%");

    private final String written;

    Unit(String written) {
      this.written = written;
    }

    public String written() {
      return written;
    }
  }

  enum UnaryOperator {
    NEGATE("-"),
    NOT("not");

    private final String written;

    UnaryOperator(String written) {
      this.written = written;
    }

    public String written() {
      return written;
    }
  }

  enum BinaryOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%"),
    POWER("^"),
    /** {@code q . S}: sum over the shared key dimension, inside cells. */
    CONTRACT("."),
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    AND("and"),
    OR("or");

    private final String written;

    BinaryOperator(String written) {
      this.written = written;
    }

    public String written() {
      return written;
    }
  }
}
