package uk.ac.manchester.tornado.api;

import java.util.Map;
import java.util.TreeMap;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Addresses on the simulated device, for library tasks: each array of a call lies alone between
 * addresses that belong to nobody, so a pointer that leaves its array is an error.
 */
public final class SimulatedMemory {
  private static final long APART = 1L << 40;

  private static final ThreadLocal<TreeMap<Long, TornadoNativeArray>> ARRAYS =
      ThreadLocal.withInitial(TreeMap::new);

  private SimulatedMemory() {}

  /** Gives an array an address until {@link #forget}. */
  static long place(TornadoNativeArray array) {
    TreeMap<Long, TornadoNativeArray> arrays = ARRAYS.get();
    for (Map.Entry<Long, TornadoNativeArray> entry : arrays.entrySet()) {
      if (entry.getValue() == array) {
        return entry.getKey();
      }
    }
    long address = APART * (arrays.size() + 1);
    arrays.put(address, array);
    return address;
  }

  static void forget() {
    ARRAYS.remove();
  }

  public static float getFloat(long address) {
    return floats(address).get(index(address, Float.BYTES));
  }

  public static void setFloat(long address, float value) {
    floats(address).set(index(address, Float.BYTES), value);
  }

  public static short getShort(long address) {
    return shorts(address).get(index(address, Short.BYTES));
  }

  public static void setShort(long address, short value) {
    shorts(address).set(index(address, Short.BYTES), value);
  }

  private static FloatArray floats(long address) {
    if (array(address).getValue() instanceof FloatArray array) {
      return array;
    }
    throw new TornadoRuntimeException("a library reads floats where there are none");
  }

  private static ShortArray shorts(long address) {
    if (array(address).getValue() instanceof ShortArray array) {
      return array;
    }
    throw new TornadoRuntimeException("a library reads halves of floats where there are none");
  }

  /** Throws where the address is before the array's first element or after its last. */
  private static int index(long address, int bytes) {
    Map.Entry<Long, TornadoNativeArray> entry = array(address);
    long offset = address - entry.getKey();
    if (offset % bytes != 0 || offset / bytes >= entry.getValue().getSize()) {
      throw new TornadoRuntimeException(
          "a library reaches byte %d of an array of %d elements"
              .formatted(offset, entry.getValue().getSize()));
    }
    return (int) (offset / bytes);
  }

  private static Map.Entry<Long, TornadoNativeArray> array(long address) {
    Map.Entry<Long, TornadoNativeArray> entry = ARRAYS.get().floorEntry(address);
    if (entry == null) {
      throw new TornadoRuntimeException("a library reaches memory that is no argument of its call");
    }
    return entry;
  }
}
