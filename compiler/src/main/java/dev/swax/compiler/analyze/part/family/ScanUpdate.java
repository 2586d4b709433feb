package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The update of a vector state in the scan family: {@code h' = decay * h + input}. */
public record ScanUpdate(PartExpression decay, PartExpression input) {

  /** Whether an update is made of the state, scaled element by element, and values beside it. */
  public static boolean isMadeSo(StateUpdate update) {
    PartBody.StateVariable state = update.state();
    return state.shape() instanceof Shape.Vector
        && update.sum().stream()
            .map(Summand::core)
            .allMatch(core ->
                core instanceof Term.Plain
                    || StateTerms.isState(core, state)
                    || StateTerms.isScaledAfter(core, state));
  }

  /** An update that {@link #isMadeSo}, or nothing after a report. */
  static Optional<ScanUpdate> of(StateUpdate update) {
    Span span = update.span();
    var decays = new ArrayList<PartExpression>();
    var inputs = new ArrayList<PartExpression>();
    for (Summand part : update.sum()) {
      if (part.core() instanceof Term.Plain(var value, _)) {
        inputs.add(product(part.scale(), value, span));
      } else {
        decays.add(product(part.scale(), factor(part.core()), span));
      }
    }
    if (decays.isEmpty() || inputs.isEmpty()) {
      update.families().incomplete(span, decays.isEmpty(), update.state());
      return Optional.empty();
    }
    return Optional.of(new ScanUpdate(sum(decays, span), sum(inputs, span)));
  }

  /** What multiplies the state element by element, or null for 1. */
  private static @Nullable PartExpression factor(Term core) {
    if (!(core
        instanceof Term.Binary(Span span, var function, Term rest, Term.Plain by, Shape shape))) {
      return null;
    }
    PartExpression inner = factor(rest);
    if (inner == null && function == BinaryFunction.MULTIPLY) {
      return by.expression();
    }
    PartExpression above = inner == null ? new PartExpression.Constant(span, 1) : inner;
    return new PartExpression.Binary(span, function, above, by.expression(), shape.size());
  }

  private static PartExpression product(Factors scale, @Nullable PartExpression vector, Span span) {
    return vector == null ? scale.expression(span) : scale.product(vector, span);
  }

  private static PartExpression sum(List<PartExpression> parts, Span span) {
    PartExpression sum = parts.getFirst();
    for (PartExpression part : parts.subList(1, parts.size())) {
      int size = Math.max(sum.size(), part.size());
      sum = new PartExpression.Binary(span, BinaryFunction.ADD, sum, part, size);
    }
    return sum;
  }
}
