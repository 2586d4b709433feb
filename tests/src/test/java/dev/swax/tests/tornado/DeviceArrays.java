package dev.swax.tests.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.program.DeviceProgram;
import dev.swax.tornado.DeviceBuffers;
import java.lang.reflect.Field;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What a program on a device says that it will allocate is what it allocates. */
final class DeviceArrays {
  private DeviceArrays() {}

  static void require(DeviceProgram.Arrays said, DeviceProgram program) {
    assertThat(said.bytes()).isEqualTo(bytes(program));
    assertThat(said.all()).contains(said.largest());
  }

  private static long bytes(DeviceProgram program) {
    long bytes = 0;
    for (Field field : DeviceBuffers.class.getDeclaredFields()) {
      field.setAccessible(true);
      if (value(field, program) instanceof TornadoNativeArray array) {
        bytes += (long) array.getSize() * array.getElementSize();
      }
    }
    assertThat(bytes).isPositive();
    return bytes;
  }

  private static Object value(Field field, DeviceProgram program) {
    try {
      return field.get(program);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
