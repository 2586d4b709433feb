package dev.swax.lsp;

import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Watcher;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** What the expressions of a file came to, where that is the same at every use. */
final class Findings implements Watcher {
  private final Map<Expression, Finding> found = new IdentityHashMap<>();

  /** What is kept of a value. */
  sealed interface Finding {}

  /** A number with its unit. */
  record Amount(String text) implements Finding {}

  /** A list of so many elements. */
  record Elements(int count) implements Finding {}

  record Window(WindowSchedule schedule) implements Finding {}

  /** One that differs from use to use, or is none of these; never given out. */
  record Other() implements Finding {}

  @Override
  public void evaluated(Expression expression, Value value) {
    if (expression instanceof Expression.Literal || value instanceof Value.Unknown) {
      return;
    }
    found.merge(expression, finding(value), (a, b) -> a.equals(b) ? a : new Other());
  }

  private static Finding finding(Value value) {
    return switch (value) {
      case Value.Numeric numeric -> new Amount(numeric.describe());
      case Value.Items(var items) -> new Elements(items.size());
      case Value.Window(WindowSchedule schedule) -> new Window(schedule);
      default -> new Other();
    };
  }

  Optional<Finding> find(Expression expression) {
    return Optional.ofNullable(found.get(expression)).filter(one -> !(one instanceof Other));
  }
}
