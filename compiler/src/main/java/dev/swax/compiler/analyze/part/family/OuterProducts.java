package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Outer products of a sum, with those joined that share a side and a gate: {@code i * outer(k, v) +
 * i * outer(k, w)} is {@code i * outer(k, v + w)}.
 */
final class OuterProducts {
  private OuterProducts() {}

  /** Every core is an outer product of two values that do not read the state. */
  static List<Summand> joined(List<Summand> products) {
    var joined = new ArrayList<Summand>();
    for (Summand product : products) {
      add(product, joined);
    }
    return joined;
  }

  private static void add(Summand product, List<Summand> joined) {
    for (int i = 0; i < joined.size(); i++) {
      Summand both = join(joined.get(i), product);
      if (both != null) {
        joined.set(i, both);
        return;
      }
    }
    joined.add(product);
  }

  private static @Nullable Summand join(Summand first, Summand second) {
    double ratio = second.scale().constant() / first.scale().constant();
    if (!(Math.abs(ratio) <= Double.MAX_VALUE)
        || !first.scale().same(second.scale().withConstant(first.scale().constant()))) {
      return null;
    }
    var a = (Term.Outer) first.core();
    var b = (Term.Outer) second.core();
    if (text(a.left()).equals(text(b.left()))) {
      Term sum = sum(a.right(), b.right(), ratio);
      return new Summand(first.scale(), new Term.Outer(a.span(), a.left(), sum, a.shape()));
    }
    if (text(a.right()).equals(text(b.right()))) {
      Term sum = sum(a.left(), b.left(), ratio);
      return new Summand(first.scale(), new Term.Outer(a.span(), sum, a.right(), a.shape()));
    }
    return null;
  }

  private static Term sum(Term first, Term second, double ratio) {
    Span span = first.span();
    PartExpression more = ((Term.Plain) second).expression();
    int size = first.shape().size();
    if (ratio != 1) {
      var number = new PartExpression.Constant(span, ratio);
      more = new PartExpression.Binary(span, BinaryFunction.MULTIPLY, number, more, size);
    }
    return new Term.Plain(
        new PartExpression.Binary(
            span, BinaryFunction.ADD, ((Term.Plain) first).expression(), more, size),
        first.shape());
  }

  private static String text(Term side) {
    return PartText.of(((Term.Plain) side).expression());
  }
}
