package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Term;
import java.util.List;

/** One term of a sum, with the scalars that multiply it: {@code f * S} is f and S. */
record Summand(Factors scale, Term core) {

  /** A term as a sum in one form, however it is written: see {@link Expansion}. */
  static List<Summand> of(Term term) {
    return new Expansion().of(term);
  }

  Summand times(Factors factors) {
    return new Summand(factors.times(scale), core);
  }
}
