package dev.swax.compiler.analyze.cell.family;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.CellText;
import dev.swax.compiler.source.Span;

/** {@code S' = forget S + input outer(key, value)}. */
record Gates(Factors forget, Factors input, CellExpression key, CellExpression value, Span span) {

  /** Whether a decay and a scaled key are those of this, however they are split. */
  boolean hasNormalizer(Factors otherForget, Factors otherInput, CellExpression otherKey) {
    return forget.same(otherForget) && input.times(key).same(otherInput.times(otherKey));
  }

  /** The next value of the normaliser that goes with these: {@code n' = f * n + i * k}. */
  String normalizer(String name) {
    return "%s' = %s + %s".formatted(name, scaled(forget, name), scaled(input, CellText.of(key)));
  }

  private String scaled(Factors factors, String name) {
    return factors.isOne() ? name : CellText.of(factors.expression(span)) + " * " + name;
  }

  /** What of the input has no logarithm multiplies the key instead, here and in a normaliser. */
  Gates withLoggableInput(Logarithms logarithms) {
    Factors gate = Factors.ONE;
    Factors rest = Factors.ONE;
    for (CellExpression factor : input.factors()) {
      gate = logarithms.fits(factor) ? gate.times(factor) : gate;
      rest = logarithms.fits(factor) ? rest : rest.times(factor);
    }
    for (CellExpression divisor : input.divisors()) {
      gate = logarithms.fits(divisor) ? gate.over(divisor) : gate;
      rest = logarithms.fits(divisor) ? rest : rest.over(divisor);
    }
    var constant = new CellExpression.Constant(span, input.constant());
    CellExpression scaled = rest.applyTo(key, span);
    if (input.constant() > 0) {
      return new Gates(forget, gate.times(constant), scaled, value, span);
    }
    var negative =
        new CellExpression.Binary(span, BinaryFunction.MULTIPLY, constant, scaled, scaled.size());
    return new Gates(forget, gate, negative, value, span);
  }
}
