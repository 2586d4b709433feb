package dev.swax.runtime.task.text;

import dev.swax.runtime.UserError;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made when it is first needed: files of a task are read when an example is. Where a user's
 * mistake keeps it from being made, that is as lasting as a value.
 */
public final class Once<T> {
  private final Supplier<T> maker;
  private @Nullable T made;
  private @Nullable UserError obstacle;

  public Once(Supplier<T> maker) {
    this.maker = maker;
  }

  public synchronized T value() {
    make();
    if (obstacle != null) {
      throw obstacle;
    }
    return Objects.requireNonNull(made);
  }

  /** Why there is no value; empty where there is one. */
  public synchronized Optional<UserError> obstacle() {
    make();
    return Optional.ofNullable(obstacle);
  }

  private void make() {
    if (made == null && obstacle == null) {
      try {
        made = maker.get();
      } catch (UserError e) {
        obstacle = e;
      }
    }
  }
}
