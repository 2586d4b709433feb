package dev.swax.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.swax.runtime.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A library that a device lacks is the user's to install. */
class DeviceGraphsTest {
  private static final class Buffers extends DeviceBuffers {
    Buffers(DeviceArrays arrays) {
      super(arrays);
    }
  }

  private static DeviceBuffers buffers() {
    var block = new DeviceBlock("forward", "backward", 4, 4, 1);
    var sizes =
        new DeviceSizes(
            4,
            8,
            List.of(),
            1,
            1,
            new float[] {},
            List.of(),
            List.of(block, new DeviceBlock("headForward", "headBackward", 4, 4, 1)),
            new int[] {});
    return new Buffers(new DeviceArrays(sizes, 1, 2, 1, 1));
  }

  @Test
  void anAbsentLibraryIsNamed() {
    DeviceBuffers buffers = buffers();
    try (var graphs = new DeviceGraphs(buffers)) {
      new FixedGraphs(buffers, graphs).addLoad();
      graphs.end(
          graphs.begin("product").libraryTask("product", AbsentLibrary::task, buffers.weights));
      graphs.ready(false);
      graphs.execute(FixedGraphs.LOAD);
      UserError error = catchThrowableOfType(UserError.class, () -> graphs.execute("product"));
      assertThat(error).hasMessageContaining(AbsentLibrary.MESSAGE);
      assertThat(error.help()).contains("`--matmul own`");
    }
  }
}
