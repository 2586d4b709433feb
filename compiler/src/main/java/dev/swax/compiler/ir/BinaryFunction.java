package dev.swax.compiler.ir;

import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/**
 * The functions of two values, element by element: what each means, and how generators write it.
 */
public enum BinaryFunction {
  ADD(Double::sum, Spelling.inline("%s + %s", "%s.add(%s)", "%s + %s")),
  SUBTRACT((a, b) -> a - b, Spelling.inline("%s - %s", "%s.sub(%s)", "%s - %s")),
  MULTIPLY((a, b) -> a * b, Spelling.inline("%s * %s", "%s.mul(%s)", "%s * %s")),
  DIVIDE((a, b) -> a / b, Spelling.inline("%s / %s", "%s.div(%s)", "%s / %s")),
  MAXIMUM(Math::max, Spelling.inline("Math.max(%s, %s)", "%s.max(%s)", "TornadoMath.max(%s, %s)")),
  MINIMUM(Math::min, Spelling.inline("Math.min(%s, %s)", "%s.min(%s)", "TornadoMath.min(%s, %s)")),
  /** 1 where left > right, else 0. */
  GREATER(
      (a, b) -> a > b ? 1 : 0,
      Spelling.inline("%s > %s ? 1f : 0f", "RowMath.greater(%s, %s)", "%s > %s ? 1f : 0f"));

  private final DoubleBinaryOperator meaning;
  private final Spelling spelling;

  BinaryFunction(DoubleBinaryOperator meaning, Spelling spelling) {
    this.meaning = meaning;
    this.spelling = spelling;
  }

  /** In the words of the language. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it means, in double. */
  public double of(double a, double b) {
    return meaning.applyAsDouble(a, b);
  }

  public Spelling spelling() {
    return spelling;
  }

  /** Whether the operands may be swapped. */
  public boolean commutes() {
    return this == ADD || this == MULTIPLY;
  }
}
