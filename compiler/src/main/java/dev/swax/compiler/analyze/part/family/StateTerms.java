package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import java.util.Optional;

/** The terms that the next value of a state is made of. */
final class StateTerms {
  private StateTerms() {}

  /** The state before this token. */
  static boolean isState(Term term, PartBody.StateVariable state) {
    return term instanceof Term.State(_, String name, boolean primed, _)
        && !primed
        && name.equals(state.name());
  }

  /** The d of {@code diag(d) * S}. */
  static Optional<Term.Plain> decayOfRows(Term core, PartBody.StateVariable state) {
    return core instanceof Term.Binary(_, _, Term.Diagonal(_, Term.Plain decay, _), Term rest, _)
            && isState(rest, state)
        ? Optional.of(decay)
        : Optional.empty();
  }

  /** The d of {@code S * diag(d)}; the product where there are several. */
  static Optional<PartExpression> decayOfColumns(Term core, PartBody.StateVariable state) {
    if (!(core
        instanceof Term.Binary(var span, _, Term rest, Term.Diagonal(_, Term.Plain decay, _), _))) {
      return Optional.empty();
    }
    PartExpression own = decay.expression();
    return isState(rest, state)
        ? Optional.of(own)
        : decayOfColumns(rest, state)
            .map(inner ->
                new PartExpression.Binary(span, BinaryFunction.MULTIPLY, inner, own, own.size()));
  }

  /** The state with {@code diag(…)} on its sides. */
  static boolean isBetweenDiagonals(Term core, PartBody.StateVariable state) {
    return isState(core, state)
        || (core instanceof Term.Binary(_, _, Term left, Term right, _)
            && ((left instanceof Term.Diagonal && isBetweenDiagonals(right, state))
                || (right instanceof Term.Diagonal && isBetweenDiagonals(left, state))));
  }

  /** An outer product of two values that do not read a state. */
  static boolean isPlainOuter(Term term) {
    return term instanceof Term.Outer(_, var left, var right, _)
        && left instanceof Term.Plain
        && right instanceof Term.Plain;
  }

  /** The {@code k . S} of {@code outer(w, k . S)}, a vector before or after it left aside. */
  static Optional<Term.Contract> readToBeWritten(Term core, PartBody.StateVariable state) {
    if (!(core instanceof Term.Outer(_, Term.Plain _, Term right, _))) {
      return Optional.empty();
    }
    Term read = right;
    while (read instanceof Term.Binary(_, var function, Term inner, Term.Plain _, _)
        && (function == BinaryFunction.MULTIPLY || function == BinaryFunction.DIVIDE)) {
      read = inner;
    }
    return read instanceof Term.Contract contract
            && contract.left() instanceof Term.Plain
            && isState(contract.right(), state)
        ? Optional.of(contract)
        : Optional.empty();
  }

  /** The state, then what multiplies or divides it: the order that {@link Expansion} leaves. */
  static boolean isScaledAfter(Term core, PartBody.StateVariable state) {
    return core instanceof Term.Binary(_, var function, Term rest, Term.Plain _, _)
        && (function == BinaryFunction.MULTIPLY || function == BinaryFunction.DIVIDE)
        && (isState(rest, state) || isScaledAfter(rest, state));
  }
}
