package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.source.Span;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A named expression, evaluated once when it is first used. It remembers what its value rests on,
 * and hands that to whatever uses it.
 */
public final class Lazy implements Binding {
  private final String name;
  private final Supplier<Value> computation;
  private @Nullable Value value;
  private boolean running;
  private Reliance reliance = Reliance.NONE;

  public Lazy(String name, Supplier<Value> computation) {
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
    evaluator.progress().rely(reliance);
    return value;
  }

  private Value compute(Evaluator evaluator) {
    running = true;
    evaluator.progress().enter(this);
    try {
      return computation.get();
    } finally {
      reliance = evaluator.progress().leave();
      running = false;
    }
  }
}
