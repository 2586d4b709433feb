package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;

/**
 * A vector per head with the scalars that multiply it taken off: {@code i * k / 2} is {@code 0.5 *
 * i} and {@code k}.
 */
record Scaling(Factors factors, PartExpression rest) {

  /** Every scalar taken off. */
  static Scaling of(PartExpression vector, PartBody body) {
    return split(vector, body, false);
  }

  /** Only numbers taken off. */
  static Scaling ofNumbers(PartExpression vector, PartBody body) {
    return split(vector, body, true);
  }

  private static Scaling split(PartExpression vector, PartBody body, boolean numbers) {
    if (vector instanceof PartExpression.Reference reference) {
      return throughName(reference, body, numbers);
    }
    if (!(vector instanceof PartExpression.Binary(_, var function, var left, var right, _))) {
      return new Scaling(Factors.ONE, vector);
    }
    if (function == BinaryFunction.MULTIPLY && comesOff(left, right, numbers)) {
      Scaling inner = split(right, body, numbers);
      return new Scaling(inner.factors.times(left), inner.rest);
    }
    if (function == BinaryFunction.MULTIPLY && comesOff(right, left, numbers)) {
      Scaling inner = split(left, body, numbers);
      return new Scaling(inner.factors.times(right), inner.rest);
    }
    if (function == BinaryFunction.DIVIDE && comesOff(right, left, numbers)) {
      Scaling inner = split(left, body, numbers);
      return new Scaling(inner.factors.over(right), inner.rest);
    }
    return new Scaling(Factors.ONE, vector);
  }

  private static boolean comesOff(PartExpression scalar, PartExpression rest, boolean numbers) {
    if (numbers) {
      return scalar instanceof PartExpression.Constant(_, double value) && value != 0;
    }
    return scalar.size() == 1 && (rest.size() > 1 || scalar.isFixed());
  }

  /** A name for a scaled name is that name, scaled; anything else keeps its own. */
  private static Scaling throughName(
      PartExpression.Reference reference, PartBody body, boolean numbers) {
    var defined = body.definitions().get(reference.name());
    if (defined != null && defined.term() instanceof Term.Plain(var value, _)) {
      Scaling inner = split(value, body, numbers);
      if (inner.rest instanceof PartExpression.Reference) {
        return inner;
      }
    }
    return new Scaling(Factors.ONE, reference);
  }
}
