package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.evaluate.Function;
import dev.swax.compiler.analyze.evaluate.Measures;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Rational;
import org.jspecify.annotations.Nullable;

/** Measures for an evaluator that they themselves need. */
final class LateMeasures implements Measures {
  private @Nullable Measures measures;

  void connect(Measures connected) {
    measures = connected;
  }

  @Override
  public Value measure(
      Function function, Value.Model model, @Nullable Rational sequence, Span span) {
    return connected().measure(function, model, sequence, span);
  }

  @Override
  public Value vocabulary(Value.Data data) {
    return connected().vocabulary(data);
  }

  private Measures connected() {
    if (measures == null) {
      throw new IllegalStateException("something is measured before anything is declared");
    }
    return measures;
  }
}
