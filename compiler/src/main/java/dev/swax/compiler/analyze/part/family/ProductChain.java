package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import java.util.ArrayList;
import java.util.List;

/** A term as a product: what does not read the state, and what does, above and below the line. */
record ProductChain(Factors plain, List<Term> above, List<Term> below) {
  ProductChain {
    above = List.copyOf(above);
    below = List.copyOf(below);
  }

  static ProductChain of(Term term) {
    var builder = new Builder();
    builder.collect(term, true);
    return new ProductChain(builder.plain, builder.above, builder.below);
  }

  /** Whether nothing but numbers multiplies what reads the state. */
  boolean isScaledByNumbers() {
    return plain.factors().isEmpty() && plain.divisors().isEmpty();
  }

  /** Collects the parts of a product. */
  private static final class Builder {
    private final List<Term> above = new ArrayList<>();
    private final List<Term> below = new ArrayList<>();
    private Factors plain = Factors.ONE;

    private void collect(Term term, boolean isAbove) {
      switch (term) {
        case Term.Plain(var expression, _) ->
            plain = isAbove ? plain.times(expression) : plain.over(expression);
        case Term.Binary(_, var function, var left, var right, _)
            when function == BinaryFunction.MULTIPLY -> {
          collect(left, isAbove);
          collect(right, isAbove);
        }
        case Term.Binary(_, var function, var left, var right, _)
            when function == BinaryFunction.DIVIDE -> {
          collect(left, isAbove);
          collect(right, !isAbove);
        }
        case Term.Binary _,
            Term.State _,
            Term.Outer _,
            Term.Contract _,
            Term.Diagonal _,
            Term.Apply _ ->
            (isAbove ? above : below).add(term);
      }
    }
  }
}
