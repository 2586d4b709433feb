package dev.swax.runtime.task.text;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is made when it is first needed: files of a task are read when an example is. */
public final class Once<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  public Once(Supplier<T> maker) {
    this.maker = maker;
  }

  public synchronized T value() {
    T value = made;
    if (value == null) {
      value = maker.get();
      made = value;
    }
    return value;
  }
}
