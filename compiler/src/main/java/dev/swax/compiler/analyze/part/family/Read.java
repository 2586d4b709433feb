package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a cell reads its state: {@code gain * (scale q . S') / divisor}, with a divisor of the same
 * {@code scale q . n'}.
 *
 * @param before whether it reads the state before the token, {@code q . S}; then it has no divisor
 * @param gain left over where q is scaled differently above and below; 1 almost always
 * @param normalizerState the name of n, or null without one
 */
record Read(
    PartExpression query,
    boolean before,
    double scale,
    double gain,
    Normalizer normalizer,
    @Nullable String normalizerState) {

  /** {@code number * (q . state')}, or of the state before the token. */
  private record Dot(double scale, PartExpression query, String state, boolean before) {}

  /** The bounded divisor is {@code max(|dot|, bound)}; the plain one has bound 0. */
  private record Divisor(Dot dot, double bound) {}

  /** Whether both read the same; spans do not matter. */
  boolean same(Read other) {
    return scale == other.scale
        && before == other.before
        && normalizer == other.normalizer
        && PartText.of(query).equals(PartText.of(other.query));
  }

  /** The read of {@code state} that a product is, apart from what does not read the state. */
  static Optional<Read> of(ProductChain chain, String state, PartBody body) {
    if (chain.above().size() != 1 || chain.below().size() > 1) {
      return Optional.empty();
    }
    Dot dot = dot(chain.above().getFirst(), body);
    if (dot == null || !dot.state.equals(state)) {
      return Optional.empty();
    }
    double scale = dot.scale * chain.plain().constant();
    if (chain.below().isEmpty()) {
      return Optional.of(new Read(dot.query, dot.before, scale, 1, Normalizer.NONE, null));
    }
    Divisor divisor = divisor(chain.below().getFirst(), body);
    return divisor == null
            || dot.before
            || divisor.dot.before
            || !PartText.of(divisor.dot.query).equals(PartText.of(dot.query))
        ? Optional.empty()
        : normalized(dot.query, scale, divisor);
  }

  private static Optional<Read> normalized(PartExpression query, double scale, Divisor divisor) {
    double below = divisor.dot.scale;
    String state = divisor.dot.state;
    if (divisor.bound == 0) {
      return Optional.of(new Read(query, false, below, scale / below, Normalizer.SUM, state));
    }
    double bounded = Math.abs(below) / divisor.bound;
    double gain = scale / Math.abs(below);
    return Optional.of(new Read(query, false, bounded, gain, Normalizer.MAX_ABS_ONE, state));
  }

  private static @Nullable Dot dot(Term term, PartBody body) {
    ProductChain chain = ProductChain.of(term);
    if (!chain.isScaledByNumbers() || chain.above().size() != 1 || !chain.below().isEmpty()) {
      return null;
    }
    if (chain.above().getFirst() instanceof Term.Contract contract
        && contract.left() instanceof Term.Plain plain
        && contract.right() instanceof Term.State state) {
      Scaling scaling = Scaling.ofNumbers(plain.expression(), body);
      double scale = chain.plain().constant() * scaling.factors().constant();
      return scale == 0 ? null : new Dot(scale, scaling.rest(), state.name(), !state.primed());
    }
    return null;
  }

  private static @Nullable Divisor divisor(Term term, PartBody body) {
    if (term instanceof Term.Binary(_, var function, var left, var right, _)
        && function == BinaryFunction.MAXIMUM) {
      Divisor divisor = bounded(left, right, body);
      return divisor == null ? bounded(right, left, body) : divisor;
    }
    Dot dot = dot(term, body);
    return dot == null ? null : new Divisor(dot, 0);
  }

  private static @Nullable Divisor bounded(Term absolute, Term bound, PartBody body) {
    if (absolute instanceof Term.Apply(_, String function, var inner, _, _)
        && function.equals("abs")
        && bound instanceof Term.Plain(PartExpression.Constant(_, double value), _)
        && value > 0) {
      Dot dot = dot(inner, body);
      return dot == null ? null : new Divisor(dot, value);
    }
    return null;
  }
}
