package dev.swax.benchmarks.training;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.program.Program;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Times every call of the kernels behind it, by kernel and size. */
final class KernelTimes {
  private final Kernels timed;
  private final Map<Object, String> taskNames = new IdentityHashMap<>();
  private final Map<String, Time> times = new LinkedHashMap<>();

  private static final class Time {
    long calls;
    long nanos;
    long fastest = Long.MAX_VALUE;
    double operations;

    void add(long elapsed, double work) {
      calls++;
      nanos += elapsed;
      fastest = Math.min(fastest, elapsed);
      operations += work;
    }

    /** Had every call been as fast as the fastest: what the kernel costs on an idle machine. */
    double atBest() {
      return (double) fastest * calls;
    }
  }

  KernelTimes(Kernels timed) {
    this.timed = timed;
  }

  /** The same kernels, timed. */
  Kernels kernels() {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, this::call);
  }

  /** Learns what a generated program calls its fused row kernels. */
  void nameTasksOf(Program program) {
    for (Field field : program.getClass().getDeclaredFields()) {
      if (field.getType().equals(RowTask.class)) {
        field.setAccessible(true);
        try {
          taskNames.put(field.get(program), field.getName());
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    long start = System.nanoTime();
    try {
      return method.invoke(timed, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      Time time = times.computeIfAbsent(name(method.getName(), arguments), _ -> new Time());
      time.add(System.nanoTime() - start, operations(method.getName(), arguments));
    }
  }

  private String name(String method, Object[] arguments) {
    if (method.startsWith("matmul")) {
      return "%s m=%s k=%s n=%s".formatted(method, arguments[3], arguments[4], arguments[5]);
    }
    return method.equals("rows") ? "rows " + taskNames.getOrDefault(arguments[1], "?") : method;
  }

  private static double operations(String method, Object[] arguments) {
    return method.startsWith("matmul")
        ? 2.0 * (int) arguments[3] * (int) arguments[4] * (int) arguments[5]
        : 0;
  }

  /** Where the time went since the last report, most first, by each kernel's fastest call. */
  String report() {
    double all = times.values().stream().mapToDouble(Time::atBest).sum();
    var text = new StringBuilder("at best ms  share   all ms  calls  GFLOP/s  kernel\n");
    times.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -entry.getValue().atBest()))
        .forEach(entry -> {
          Time time = entry.getValue();
          text.append(
              "%10.1f %5.1f%% %8.1f %6d %8.1f  %s%n"
                  .formatted(
                      time.atBest() / 1e6,
                      100 * time.atBest() / all,
                      time.nanos / 1e6,
                      time.calls,
                      time.operations / time.atBest(),
                      entry.getKey()));
        });
    times.clear();
    return text.toString();
  }
}
