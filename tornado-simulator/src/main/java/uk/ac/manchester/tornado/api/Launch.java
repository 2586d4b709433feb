package uk.ac.manchester.tornado.api;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** One run of a task: its groups, as many at a time as there are processors, in order. */
final class Launch {
  /** The largest group that every device takes. */
  private static final int GROUP = 1024;

  private final String name;
  private final Kernel kernel;
  private final List<Object> arguments;
  private final GridSize groups;
  private final GridSize threads;

  /**
   * @param name graph and task, for messages
   * @param arguments the device's own arrays
   */
  Launch(String name, Kernel kernel, List<Object> arguments, @Nullable WorkerGrid grid) {
    this.name = name;
    this.kernel = kernel;
    this.arguments = arguments;
    if (grid == null) {
      throw error("it has no worker grid, and would run as one thread");
    }
    if (grid.getLocalWork() == null) {
      throw error("its worker grid has no local work");
    }
    GridSize all = GridSize.of(grid.getGlobalWork());
    threads = GridSize.of(grid.getLocalWork());
    if (all.x() % threads.x() != 0 || all.y() % threads.y() != 0 || all.z() % threads.z() != 0) {
      throw error("its %s threads are no whole groups of %s".formatted(all, threads));
    }
    if (all.count() < 1 || threads.count() > GROUP) {
      throw error("%s threads in groups of %s do not fit a device".formatted(all, threads));
    }
    groups = new GridSize(all.x() / threads.x(), all.y() / threads.y(), all.z() / threads.z());
  }

  void run() {
    var next = new AtomicInteger();
    var failures = new ConcurrentSkipListMap<Integer, Throwable>();
    int workers = Math.min(groups.count(), Runtime.getRuntime().availableProcessors());
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int worker = 0; worker < workers; worker++) {
        executor.execute(() -> runGroups(next, failures));
      }
    }
    if (!failures.isEmpty()) {
      int group = failures.firstKey();
      Throwable cause = failures.get(group);
      throw (TornadoRuntimeException)
          error("group %d of %s: %s".formatted(group, groups, cause)).initCause(cause);
    }
  }

  private void runGroups(AtomicInteger next, ConcurrentSkipListMap<Integer, Throwable> failures) {
    int group = next.getAndIncrement();
    while (group < groups.count() && failures.isEmpty()) {
      try {
        runGroup(group);
      } catch (RuntimeException | Error e) {
        failures.put(group, e);
      }
      group = next.getAndIncrement();
    }
  }

  private void runGroup(int number) {
    new WorkGroup(
            threads.count(),
            (group, thread) -> {
              var context = new KernelContext(group, thread, groups, threads, number);
              Object[] own = arguments.toArray();
              for (int i = 0; i < own.length; i++) {
                if (own[i] instanceof KernelContext) {
                  own[i] = context;
                }
              }
              kernel.run(own);
            })
        .run();
  }

  private TornadoRuntimeException error(String message) {
    return new TornadoRuntimeException("task %s: %s".formatted(name, message));
  }
}
