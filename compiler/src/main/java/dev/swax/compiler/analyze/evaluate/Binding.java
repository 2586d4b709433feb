package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.source.Span;

/** What a name stands for, evaluated when it is first used. */
public interface Binding {
  Value value(Evaluator evaluator, Span use);

  /** A binding whose value is known. */
  static Binding of(Value value) {
    return (_, _) -> value;
  }
}
