package uk.ac.manchester.tornado.api;

import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** One graph's device memory: the device's array for each of the host's. */
final class DeviceCopies {
  private final GraphDefinition graph;
  private final Map<Object, TornadoNativeArray> arrays = new IdentityHashMap<>();
  private boolean executed;

  DeviceCopies(GraphDefinition graph) {
    this.graph = graph;
  }

  GraphDefinition graph() {
    return graph;
  }

  /** Takes over, allocates and copies what an execution begins with. */
  void enter(@Nullable DeviceCopies last) {
    for (Object object : graph.consumed()) {
      arrays.put(object, consume(object, last));
    }
    graph.persisted().forEach(this::allocate);
    graph.returned().forEach(this::allocate);
    for (Object object : graph.copiedOnce()) {
      if (allocate(object) || !executed) {
        copy((TornadoNativeArray) object, array(object));
      }
    }
    for (Object object : graph.copiedAlways()) {
      allocate(object);
      copy((TornadoNativeArray) object, array(object));
    }
    executed = true;
  }

  private TornadoNativeArray consume(Object object, @Nullable DeviceCopies last) {
    if (last == null) {
      throw graph.error("it consumes objects, and no graph ran before it");
    }
    String source = graph.source();
    if (source != null && !source.equals(last.graph.name()) && last != this) {
      throw graph.error(
          "it consumes from %s, and %s ran before it".formatted(source, last.graph.name()));
    }
    TornadoNativeArray array = last.arrays.get(object);
    if (array == null || !last.graph.persisted().contains(object)) {
      throw graph.error(
          "it consumes an object that %s, which ran before it, does not persist"
              .formatted(last.graph.name()));
    }
    return array;
  }

  /** Whether the object was not on the device before. New memory holds poison. */
  private boolean allocate(Object object) {
    if (arrays.containsKey(object)) {
      return false;
    }
    arrays.put(
        object,
        switch ((TornadoNativeArray) object) {
          case FloatArray array -> new FloatArray(array.getSize());
          case DoubleArray array -> new DoubleArray(array.getSize());
          case IntArray array -> new IntArray(array.getSize());
          case LongArray array -> new LongArray(array.getSize());
          case ShortArray array -> new ShortArray(array.getSize());
        });
    return true;
  }

  /** The device's array for the host's. */
  TornadoNativeArray array(Object object) {
    TornadoNativeArray array = arrays.get(object);
    if (array == null) {
      throw graph.error("an object is not on the device");
    }
    return array;
  }

  /** Copies to the host what every execution brings back. */
  void leave() {
    graph.returned().forEach(this::bringBack);
  }

  void bringBack(Object object) {
    if (!graph.holds(object)) {
      throw graph.error("an object is asked for that the graph does not know");
    }
    copy(array(object), (TornadoNativeArray) object);
  }

  private static void copy(TornadoNativeArray from, TornadoNativeArray to) {
    MemorySegment.copy(from.getSegment(), 0, to.getSegment(), 0, from.getNumBytesOfSegment());
  }
}
