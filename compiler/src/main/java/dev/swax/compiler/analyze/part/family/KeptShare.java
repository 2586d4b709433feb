package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What an update keeps of its state in several parts, as one factor: {@code S - g * S} keeps {@code
 * 1 - g}, {@code S - (1 - f) * S} keeps f.
 */
final class KeptShare {
  // Beyond this a part is left as it is, so that no chain of names makes very many.
  private static final int MOST = 1_000;

  private final PartBody body;
  private int made;
  private final SequencedMap<String, Factors> parts = new LinkedHashMap<>();

  private KeptShare(PartBody body) {
    this.body = body;
  }

  static Factors of(List<Summand> kept, PartBody body, Span span) {
    if (kept.size() == 1) {
      return kept.getFirst().scale();
    }
    var share = new KeptShare(body);
    kept.forEach(part -> share.add(part.scale()));
    List<Factors> left = share.parts.values().stream().filter(f -> f.constant() != 0).toList();
    if (left.size() == 1) {
      return left.getFirst();
    }
    List<Factors> written = kept.stream().map(Summand::scale).toList();
    return Factors.ONE.times(sum(left.size() == 2 ? left : written, span));
  }

  /** Parts of the same product become one; sums in brackets are taken apart. */
  private void add(Factors part) {
    if (++made <= MOST
        && part.factors().size() == 1
        && part.divisors().isEmpty()
        && written(part.factors().getFirst())
            instanceof PartExpression.Binary(_, var function, var left, var right, _)
        && (function == BinaryFunction.ADD || function == BinaryFunction.SUBTRACT)) {
      Factors number = Factors.ONE.withConstant(part.constant());
      add(number.times(left));
      add((function == BinaryFunction.ADD ? number : number.negated()).times(right));
      return;
    }
    parts.merge(part.text(), part, (a, b) -> a.withConstant(a.constant() + b.constant()));
  }

  /** What a name stands for, where that is a sum. */
  private PartExpression written(PartExpression value) {
    return value instanceof PartExpression.Reference(_, String name, _)
            && body.definitions().get(name) instanceof PartBody.Defined(_, _, Term.Plain plain, _)
            && plain.expression() instanceof PartExpression.Binary
        ? plain.expression()
        : value;
  }

  private static PartExpression sum(List<Factors> parts, Span span) {
    var ordered = new ArrayList<>(parts);
    if (parts.size() == 2 && parts.getFirst().constant() < 0) {
      ordered.addLast(ordered.removeFirst());
    }
    PartExpression sum = ordered.getFirst().expression(span);
    for (Factors more : ordered.subList(1, ordered.size())) {
      boolean minus = more.constant() < 0;
      PartExpression part = (minus ? more.negated() : more).expression(span);
      sum =
          new PartExpression.Binary(
              span,
              minus ? BinaryFunction.SUBTRACT : BinaryFunction.ADD,
              sum,
              part,
              Math.max(sum.size(), part.size()));
    }
    return sum;
  }
}
