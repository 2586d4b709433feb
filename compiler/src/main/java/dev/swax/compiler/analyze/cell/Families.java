package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The families of state updates that are known but not trained yet: each is named at the term that
 * makes it so.
 */
final class Families {
  private static final String TRAINED =
      "only a decay and an input that are scalars per head can be trained yet";

  private final CellBody body;

  Families(CellBody body) {
    this.body = body;
  }

  /** What a state update is made of beside scalar decay, with the term that shows it. */
  private record Finding(Code code, Span span) {}

  /** Whether every matrix state is a sum of scaled states and outer products; else reported. */
  boolean scalarDecay(List<Summand> update, CellBody.StateVariable state) {
    Finding finding = null;
    for (Summand summand : update) {
      finding = worse(finding, matrix(summand.core(), state));
    }
    if (finding == null) {
      return true;
    }
    report(finding, state);
    return false;
  }

  /** Reports the family of a state that is no matrix and no normaliser. */
  void vectorState(List<Summand> update, CellBody.StateVariable state) {
    Finding finding = null;
    for (Summand summand : update) {
      finding = worse(finding, vector(summand.core(), state));
    }
    report(finding == null ? new Finding(Code.ELEMENTWISE_STATE, state.span()) : finding, state);
  }

  private static @Nullable Finding matrix(Term core, CellBody.StateVariable state) {
    if (isState(core, state) || isPlainOuter(core)) {
      return null;
    }
    if (core instanceof Term.Binary(_, _, Term.Diagonal(var span, var decay, _), var rest, _)
        && !decay.readsState()) {
      Finding inner = null;
      for (Summand summand : Summand.of(rest)) {
        inner = worse(inner, matrix(summand.core(), state));
      }
      return worse(new Finding(Code.VECTOR_DECAY, span), inner);
    }
    Term read = readOf(core, state);
    return read != null && core instanceof Term.Outer
        ? new Finding(Code.DELTA_RULE, read.span())
        : new Finding(Code.GENERAL_STATE, core.span());
  }

  private static @Nullable Finding vector(Term core, CellBody.StateVariable state) {
    if (isState(core, state) || core instanceof Term.Plain) {
      return null;
    }
    boolean scaled =
        core instanceof Term.Binary(_, var function, var left, var right, _)
            && function == BinaryFunction.MULTIPLY
            && ((left instanceof Term.Plain && isState(right, state))
                || (right instanceof Term.Plain && isState(left, state)));
    return scaled
        ? new Finding(Code.ELEMENTWISE_STATE, core.span())
        : new Finding(Code.GENERAL_STATE, core.span());
  }

  /** General is the widest family, then the delta rule, then vector decay. */
  private static @Nullable Finding worse(@Nullable Finding a, @Nullable Finding b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return rank(b.code) > rank(a.code) ? b : a;
  }

  private static int rank(Code code) {
    return List.of(Code.ELEMENTWISE_STATE, Code.VECTOR_DECAY, Code.DELTA_RULE, Code.GENERAL_STATE)
        .indexOf(code);
  }

  static boolean isState(Term term, CellBody.StateVariable state) {
    return term instanceof Term.State(_, String name, boolean primed, _)
        && !primed
        && name.equals(state.name());
  }

  private static boolean isPlainOuter(Term term) {
    return term instanceof Term.Outer(_, var left, var right, _)
        && left instanceof Term.Plain
        && right instanceof Term.Plain;
  }

  /** A {@code k . S} inside sums and scalings of an outer product: the state read to be written. */
  private static @Nullable Term readOf(Term term, CellBody.StateVariable state) {
    if (term instanceof Term.Contract(_, var left, var right, _)
        && left instanceof Term.Plain
        && isState(right, state)) {
      return term;
    }
    if (term instanceof Term.Outer || term instanceof Term.Binary) {
      for (Term operand : term.operands()) {
        Term read = readOf(operand, state);
        if (read != null) {
          return read;
        }
      }
    }
    return null;
  }

  /** Reports a general recurrence in other words. */
  void general(Span span, String what) {
    body.report(Code.GENERAL_STATE, span, what + ": a general recurrence, but " + TRAINED, null);
  }

  private void report(Finding finding, CellBody.StateVariable state) {
    String name = state.name();
    String family =
        switch (finding.code) {
          case VECTOR_DECAY ->
              "`%s` decays by a vector: the vector-decay family (gated linear attention)";
          case DELTA_RULE ->
              "`%s` is read to be written: the delta-rule family (DeltaNet, Gated DeltaNet)";
          case ELEMENTWISE_STATE ->
              "`%s` is a vector with no outer product: the elementwise family (RG-LRU, minGRU)";
          default -> "`%s` enters its next value by more than a scaling: a general recurrence";
        };
    body.report(finding.code, finding.span, family.formatted(name) + ", but " + TRAINED, null);
  }
}
