package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Rational;
import org.jspecify.annotations.Nullable;

/** What a model costs and how many tokens data has, for the functions that ask. */
public interface Measures {
  /**
   * @param sequence tokens of a sequence, or null for that of the file
   * @return a number, or {@link Value#UNKNOWN} after a report
   */
  Value measure(Function function, Value.Model model, @Nullable Rational sequence, Span span);

  /** How many different tokens a model of the data must know; or as above. */
  default Value vocabulary(Value.Data data) {
    return Value.UNKNOWN;
  }
}
