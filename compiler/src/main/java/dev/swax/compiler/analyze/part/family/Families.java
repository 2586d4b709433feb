package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an update that cannot be trained: its family, where no kernel computes it yet, at
 * the term that makes it so.
 */
public final class Families {
  static final String TRAINED = "it is trained token by token";

  private static final String ROWS = "`diag(a) * %s`, with a number for each row, trains by chunks";
  private static final String SIDES =
      "`diag(…) * %s` alone, or `%1$s * diag(…)` alone, trains by chunks";
  private static final String GATE = "a gate of `x` alone, as in `sigmoid(linear(x))`, trains ";
  private static final String VECTOR = "`%s` is a vector with no outer product";

  private final PartBody body;

  public Families(PartBody body) {
    this.body = body;
  }

  /**
   * What a state update is made of beside scalar decay, with the term that shows it.
   *
   * @param fact with the state's name to come
   * @param cheaper what to write for a form that costs less, with the state's name to come
   */
  private record Finding(Code code, Span span, String fact, @Nullable String cheaper) {}

  /** Reports what the update of a state is made of that no kernel computes. */
  public void report(StateUpdate update) {
    if (update.state().shape() instanceof Shape.Table) {
      matrixState(update.sum(), update.state());
    } else {
      vectorState(update.sum(), update.state());
    }
  }

  private void matrixState(List<Summand> update, PartBody.StateVariable state) {
    Finding finding = null;
    for (Summand summand : update) {
      finding = worse(finding, matrix(summand.core(), state));
    }
    report(finding == null ? nothingKept(update, state) : finding, state, TRAINED);
  }

  private static Finding nothingKept(List<Summand> update, PartBody.StateVariable state) {
    Term.Contract read =
        update.stream()
            .flatMap(part -> StateTerms.readToBeWritten(part.core(), state).stream())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a family has " + update));
    return new Finding(
        Code.DELTA_RULE,
        read.span(),
        "the next `%s` keeps only what is read of `%1$s`, but chunks need a decay above 0",
        null);
  }

  /** Whether a decay is above 0 by its form; else reported. */
  boolean decays(Logarithms logarithms, Factors decay, Summand kept, PartBody.StateVariable state) {
    if (logarithms.fits(decay)) {
      return true;
    }
    body.untrained(
        Code.DECAY_NOT_POSITIVE,
        logarithms.misfit(decay).orElse(kept.core().span()),
        "this decay of `%s` can be 0 or negative, so the cell is trained token by token: chunks need a decay above 0"
            .formatted(state.name()),
        "sigmoid(…), exp(…) or a number above 0");
    return false;
  }

  /** Reports that a state is read at several keys to be written, {@code outer(u, w)} for each. */
  void severalReads(List<Summand> reads, PartBody.StateVariable state) {
    Term first = ((Term.Outer) reads.getFirst().core()).right();
    Term second = ((Term.Outer) reads.get(1).core()).right();
    body.untrained(
        Code.DELTA_RULE,
        second.span(),
        "the next `%s` is made of two reads of it, at `%s` and at `%s`, so the cell is trained token by token: chunks allow one such read for each token"
            .formatted(state.name(), text(first), text(second)),
        "one after the other they train by chunks: `M: [key, value] = …` of `%1$s` with the first, and `%1$s' = …` of `M` with the second"
            .formatted(state.name()));
  }

  private static String text(Term key) {
    return PartText.of(((Term.Plain) key).expression());
  }

  /** Reports a read that is divided by another, which this family cannot do. */
  void normalizer(String family, Span span, PartBody.StateVariable state) {
    body.untrained(
        Code.READ_NOT_HANDLED,
        span,
        "this read makes the cell train token by token; %s trains by chunks where it is read as `q . %s'`, without a normaliser"
            .formatted(family, state.name()),
        null);
  }

  /** Reports the family of a state that is no matrix and no normaliser. */
  void vectorState(List<Summand> update, PartBody.StateVariable state) {
    Finding finding = null;
    for (Summand summand : update) {
      finding = worse(finding, vector(summand.core(), state));
    }
    Finding made = finding == null ? elementwise(state.span(), VECTOR, null) : finding;
    report(made, state, TRAINED);
  }

  private static @Nullable Finding matrix(Term core, PartBody.StateVariable state) {
    if (RowsUpdate.isKept(core, state)
        || StateTerms.isPlainOuter(core)
        || DeltaUpdate.isErased(core, state)) {
      return null;
    }
    if (isScaled(core, state)) {
      return elementwise(core.span(), "`%s` decays element by element", ROWS);
    }
    if (core instanceof Term.Binary(_, _, Term rest, Term.Diagonal columns, _)
        && StateTerms.isState(rest, state)) {
      return elementwise(columns.span(), "each column of `%s` decays by a number of its own", ROWS);
    }
    if (StateTerms.isBetweenDiagonals(core, state)) {
      return elementwise(core.span(), "rows and columns of `%s` decay", SIDES);
    }
    return StateTerms.readToBeWritten(core, state)
        .map(read ->
            new Finding(
                Code.DELTA_RULE,
                read.span(),
                "what is read of `%s` is multiplied by a vector before it is written back, but chunks need a number for each head",
                "a factor that is one number for each head trains by chunks"))
        .orElseGet(() -> general(core, state));
  }

  private static @Nullable Finding vector(Term core, PartBody.StateVariable state) {
    if (StateTerms.isState(core, state) || core instanceof Term.Plain) {
      return null;
    }
    return isScaled(core, state) ? elementwise(core.span(), VECTOR, null) : general(core, state);
  }

  private static Finding elementwise(Span span, String fact, @Nullable String cheaper) {
    return new Finding(
        Code.ELEMENTWISE_STATE,
        span,
        fact + ", so this is the elementwise family (RG-LRU, minGRU)",
        cheaper);
  }

  private static Finding general(Term core, PartBody.StateVariable state) {
    Term gate = gate(core);
    if (gate != null) {
      return new Finding(
          Code.GENERAL_STATE,
          gate.span(),
          "a gate of the next `%s` reads a state, so this is a general recurrence",
          state.shape() instanceof Shape.Table ? GATE + "by chunks" : GATE + "by a scan");
    }
    Term.State other = gate == null ? other(core, state) : null;
    if (other != null) {
      return new Finding(
          Code.GENERAL_STATE,
          other.span(),
          "the next `%s` is made of `"
              + other.span().words()
              + "`, another state, so this is a general recurrence",
          null);
    }
    return new Finding(
        Code.GENERAL_STATE,
        core.span(),
        "the next `%s` is not just `%1$s` times a factor and something added, so this is a general recurrence",
        null);
  }

  /** The first read of anything but this state before this token. */
  private static Term.@Nullable State other(Term term, PartBody.StateVariable state) {
    if (term instanceof Term.State read) {
      return StateTerms.isState(read, state) ? null : read;
    }
    return term.operands().stream()
        .map(operand -> other(operand, state))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** A factor that is made of a state, beside what it multiplies; null without one. */
  private static @Nullable Term gate(Term core) {
    if (!(core instanceof Term.Binary(_, var function, var left, var right, _))
        || (function != BinaryFunction.MULTIPLY && function != BinaryFunction.DIVIDE)) {
      return null;
    }
    if (isGate(left)) {
      return left;
    }
    return isGate(right) ? right : gate(left);
  }

  private static boolean isGate(Term factor) {
    return factor.readsState()
        && switch (factor) {
          case Term.Apply _, Term.Contract _, Term.Diagonal _ -> true;
          case Term.Binary binary -> !(binary.shape() instanceof Shape.Table);
          case Term.Plain _, Term.State _, Term.Outer _ -> false;
        };
  }

  /** General is the widest family, then the delta rule. */
  private static @Nullable Finding worse(@Nullable Finding a, @Nullable Finding b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return rank(b.code) > rank(a.code) ? b : a;
  }

  private static int rank(Code code) {
    return List.of(Code.ELEMENTWISE_STATE, Code.DELTA_RULE, Code.GENERAL_STATE).indexOf(code);
  }

  /** The state, multiplied or divided by something of its size that does not read it. */
  private static boolean isScaled(Term term, PartBody.StateVariable state) {
    if (!(term instanceof Term.Binary(_, var function, var left, var right, _))) {
      return false;
    }
    if (function != BinaryFunction.MULTIPLY && function != BinaryFunction.DIVIDE) {
      return false;
    }
    boolean first = isElement(right) && (StateTerms.isState(left, state) || isScaled(left, state));
    return first
        || (function == BinaryFunction.MULTIPLY
            && isElement(left)
            && (StateTerms.isState(right, state) || isScaled(right, state)));
  }

  private static boolean isElement(Term factor) {
    return !factor.readsState() && !(factor instanceof Term.Diagonal);
  }

  /** Reports a next value that keeps nothing of the state, or takes in nothing beside it. */
  void incomplete(Span span, boolean keepsNothing, PartBody.StateVariable state) {
    String fact =
        keepsNothing
            ? "the next value of `%1$s` does not depend on `%1$s`"
            : "the next value of `%1$s` adds nothing to `%1$s`";
    body.report(Code.UPDATE_INCOMPLETE, span, fact.formatted(state.name()), null);
  }

  /** Reports a general recurrence in other words. */
  public void general(Span span, String what, @Nullable String cheaper) {
    body.untrained(
        Code.GENERAL_STATE, span, what + ", so this is a general recurrence; " + TRAINED, cheaper);
  }

  private void report(Finding finding, PartBody.StateVariable state, String trained) {
    body.untrained(
        finding.code,
        finding.span,
        finding.fact.formatted(state.name()) + "; " + trained,
        finding.cheaper == null ? null : finding.cheaper.formatted(state.name()));
  }

  /** Reports a state that the output does not depend on. */
  public void notRead(PartBody.StateVariable state) {
    body.report(
        Code.STATE_NOT_READ,
        state.span(),
        "`%s` is never read, so `out` does not depend on it".formatted(state.name()),
        "y = q . %s'".formatted(state.name()));
  }
}
