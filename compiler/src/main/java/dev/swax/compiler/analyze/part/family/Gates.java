package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.source.Span;

/** {@code S' = forget S + input outer(key, value)}. */
record Gates(Factors forget, Factors input, PartExpression key, PartExpression value, Span span) {

  /** Whether a decay and a scaled key are those of this, however they are split. */
  boolean hasNormalizer(Factors otherForget, Factors otherInput, PartExpression otherKey) {
    return forget.same(otherForget) && input.times(key).same(otherInput.times(otherKey));
  }

  /** The next value of the normaliser that goes with these: {@code n' = f * n + i * k}. */
  String normalizer(String name) {
    return "%s' = %s + %s".formatted(name, scaled(forget, name), scaled(input, PartText.of(key)));
  }

  private String scaled(Factors factors, String name) {
    return factors.isOne() ? name : PartText.of(factors.expression(span)) + " * " + name;
  }

  /** What of the input has no logarithm multiplies the key instead, here and in a normaliser. */
  Gates withLoggableInput(Logarithms logarithms) {
    Factors gate = Factors.ONE;
    Factors rest = Factors.ONE;
    for (PartExpression factor : input.factors()) {
      gate = logarithms.fits(factor) ? gate.times(factor) : gate;
      rest = logarithms.fits(factor) ? rest : rest.times(factor);
    }
    for (PartExpression divisor : input.divisors()) {
      gate = logarithms.fits(divisor) ? gate.over(divisor) : gate;
      rest = logarithms.fits(divisor) ? rest : rest.over(divisor);
    }
    var constant = new PartExpression.Constant(span, input.constant());
    PartExpression scaled = rest.applyTo(key, span);
    if (input.constant() > 0) {
      return new Gates(forget, gate.times(constant), scaled, value, span);
    }
    var negative =
        new PartExpression.Binary(span, BinaryFunction.MULTIPLY, constant, scaled, scaled.size());
    return new Gates(forget, gate, negative, value, span);
  }
}
