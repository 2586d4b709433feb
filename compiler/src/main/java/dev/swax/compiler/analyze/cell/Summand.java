package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.ir.BinaryFunction;
import java.util.ArrayList;
import java.util.List;

/** One term of a sum, with the scalars that multiply it: {@code f * S} is f and S. */
record Summand(Factors scale, Term core) {

  /** A term as a sum, products with scalars multiplied out. */
  static List<Summand> of(Term term) {
    var sum = new ArrayList<Summand>();
    expand(term, Factors.ONE, sum);
    return sum;
  }

  private static void expand(Term term, Factors scale, List<Summand> sum) {
    if (!(term instanceof Term.Binary(_, var function, var left, var right, _))) {
      sum.add(new Summand(scale, term));
      return;
    }
    if (function == BinaryFunction.ADD || function == BinaryFunction.SUBTRACT) {
      expand(left, scale, sum);
      expand(right, function == BinaryFunction.ADD ? scale : scale.negated(), sum);
    } else if (function == BinaryFunction.MULTIPLY && isScalar(left)) {
      expand(right, scale.times(((Term.Plain) left).expression()), sum);
    } else if (function == BinaryFunction.MULTIPLY && isScalar(right)) {
      expand(left, scale.times(((Term.Plain) right).expression()), sum);
    } else if (function == BinaryFunction.DIVIDE && isScalar(right)) {
      expand(left, scale.over(((Term.Plain) right).expression()), sum);
    } else {
      sum.add(new Summand(scale, term));
    }
  }

  private static boolean isScalar(Term term) {
    return term instanceof Term.Plain plain
        && (plain.shape() instanceof Shape.Fixed || plain.shape().equals(Shape.SCALAR));
  }
}
