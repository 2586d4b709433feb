package dev.swax.runtime.kernel.recurrence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The kernels of every family in use, made at its first call. */
public final class Recurrences {
  private final Function<RecurrenceShape, RecurrenceKernel> make;
  private final Map<Class<?>, RecurrenceKernel> made = new LinkedHashMap<>();

  public Recurrences(Function<RecurrenceShape, RecurrenceKernel> make) {
    this.make = make;
  }

  public RecurrenceKernel of(RecurrenceShape shape) {
    RecurrenceKernel known = made.get(shape.getClass());
    if (known != null) {
      return known;
    }
    RecurrenceKernel kernel = make.apply(shape);
    made.put(shape.getClass(), kernel);
    return kernel;
  }

  /** Bytes held between calls. */
  public long workspaceBytes() {
    return made.values().stream().mapToLong(RecurrenceKernel::workspaceBytes).sum();
  }
}
