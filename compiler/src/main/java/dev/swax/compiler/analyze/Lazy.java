package dev.swax.compiler.analyze;

import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A named expression, evaluated once when it is first used. It remembers the assumptions that its
 * value rests on, and hands them to whatever uses it.
 */
final class Lazy implements Binding {
  private final String name;
  private final Supplier<Value> computation;
  private @Nullable Value value;
  private boolean running;
  private List<Assumption> assumptions = List.of();

  Lazy(String name, Supplier<Value> computation) {
    this.name = name;
    this.computation = computation;
  }

  String name() {
    return name;
  }

  @Override
  public Value value(Evaluator evaluator, Span use) {
    if (running) {
      evaluator.reportCycle(this, use);
      return Value.UNKNOWN;
    }
    if (value == null) {
      value = compute(evaluator);
    }
    evaluator.progress().rely(assumptions);
    return value;
  }

  private Value compute(Evaluator evaluator) {
    running = true;
    evaluator.progress().enter(this);
    try {
      return computation.get();
    } finally {
      assumptions = evaluator.progress().leave();
      running = false;
    }
  }
}
