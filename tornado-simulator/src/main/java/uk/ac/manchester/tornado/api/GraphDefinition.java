package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What a task graph was told: its tasks in order, and its objects by how they move. */
final class GraphDefinition {
  private static final int TASKS = 256;

  /** One task and its arguments, host objects still. */
  sealed interface Task {
    String id();

    List<Object> arguments();
  }

  /** A method of ours. */
  record TaskCall(String id, Kernel kernel, List<Object> arguments) implements Task {
    TaskCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** A function of a library. */
  record LibraryCall(String id, LibraryTaskDescriptor descriptor) implements Task {
    @Override
    public List<Object> arguments() {
      return List.of(descriptor.getParameters());
    }
  }

  private final String name;
  private final List<Task> tasks = new ArrayList<>();
  private final Set<Object> copiedOnce = objects();
  private final Set<Object> copiedAlways = objects();
  private final Set<Object> consumed = objects();
  private final Set<Object> persisted = objects();
  private final Set<Object> returned = objects();
  private @Nullable String source;

  GraphDefinition(String name) {
    this.name = name;
  }

  private static Set<Object> objects() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  GraphDefinition copy() {
    var copy = new GraphDefinition(name);
    copy.tasks.addAll(tasks);
    copy.copiedOnce.addAll(copiedOnce);
    copy.copiedAlways.addAll(copiedAlways);
    copy.consumed.addAll(consumed);
    copy.persisted.addAll(persisted);
    copy.returned.addAll(returned);
    copy.source = source;
    return copy;
  }

  String name() {
    return name;
  }

  List<Task> tasks() {
    return tasks;
  }

  Set<Object> copiedOnce() {
    return copiedOnce;
  }

  Set<Object> copiedAlways() {
    return copiedAlways;
  }

  Set<Object> consumed() {
    return consumed;
  }

  /** What a later graph may consume, and a result may bring back on demand. */
  Set<Object> persisted() {
    return persisted;
  }

  /** What every execution brings back to the host. */
  Set<Object> returned() {
    return returned;
  }

  /** The graph that consumed objects must come from; null: whichever ran last. */
  @Nullable String source() {
    return source;
  }

  boolean holds(Object object) {
    return copiedOnce.contains(object)
        || copiedAlways.contains(object)
        || consumed.contains(object)
        || persisted.contains(object)
        || returned.contains(object);
  }

  void transferToDevice(int mode, Object... objects) {
    for (Object object : objects) {
      requireArray(object);
      if (consumed.contains(object)) {
        throw error("an object is both copied to the device and consumed from it");
      }
      switch (mode) {
        case DataTransferMode.FIRST_EXECUTION -> copiedOnce.add(object);
        case DataTransferMode.EVERY_EXECUTION -> copiedAlways.add(object);
        default -> throw error("no object is copied to the device with mode " + mode);
      }
    }
  }

  void consumeFrom(String graph, Object... objects) {
    if (source != null && !source.equals(graph)) {
      throw error("it consumes from both " + source + " and " + graph);
    }
    source = graph;
    consumeFromLast(objects);
  }

  void consumeFromLast(Object... objects) {
    for (Object object : objects) {
      requireArray(object);
      if (copiedOnce.contains(object) || copiedAlways.contains(object)) {
        throw error("an object is both copied to the device and consumed from it");
      }
      consumed.add(object);
    }
  }

  void persist(Object... objects) {
    for (Object object : objects) {
      requireArray(object);
      persisted.add(object);
    }
  }

  void transferToHost(int mode, Object... objects) {
    for (Object object : objects) {
      requireArray(object);
      switch (mode) {
        case DataTransferMode.EVERY_EXECUTION -> returned.add(object);
        case DataTransferMode.UNDER_DEMAND -> persisted.add(object);
        default -> throw error("no object is copied to the host with mode " + mode);
      }
    }
  }

  void add(String id, Kernel kernel, Object... arguments) {
    requireRoomFor(id);
    boolean threads = false;
    for (Object argument : arguments) {
      threads |= argument instanceof KernelContext;
      if (!(argument instanceof KernelContext
          || argument instanceof Number
          || argument instanceof TornadoNativeArray)) {
        throw error("task %s has an argument of %s".formatted(id, argument.getClass()));
      }
    }
    if (!threads) {
      throw error("task %s has no KernelContext; no other tasks are simulated".formatted(id));
    }
    tasks.add(new TaskCall(id, kernel, List.of(arguments)));
  }

  void addLibrary(String id, LibraryTaskDescriptor descriptor) {
    requireRoomFor(id);
    if (descriptor.getParameters().length != descriptor.getAccess().length) {
      throw error("library task %s does not say what it does with each argument".formatted(id));
    }
    for (Object argument : descriptor.getParameters()) {
      if (!(argument instanceof Number || argument instanceof TornadoNativeArray)) {
        throw error("library task %s has an argument of %s".formatted(id, argument.getClass()));
      }
    }
    tasks.add(new LibraryCall(id, descriptor));
  }

  private void requireRoomFor(String id) {
    if (tasks.stream().anyMatch(task -> task.id().equals(id))) {
      throw error("two tasks are called " + id);
    }
    if (tasks.size() == TASKS) {
      throw error("no graph has more than %d tasks".formatted(TASKS));
    }
  }

  private void requireArray(Object object) {
    if (!(object instanceof TornadoNativeArray)) {
      throw error("only arrays of the API move, not " + object.getClass());
    }
  }

  TornadoRuntimeException error(String message) {
    return new TornadoRuntimeException("graph %s: %s".formatted(name, message));
  }
}
