package dev.swax.tests.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameters;
import dev.swax.tests.Golden;
import dev.swax.tests.Stages;
import dev.swax.tornado.DeviceBuffers;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What a program on a device says that it will allocate is what it allocates. */
class DeviceArraysTest {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);
  private static final int BATCH = 3;
  private static final int TIME = 40;

  @Test
  void programsAllocateWhatTheySay() throws IllegalAccessException {
    for (Architecture model : models()) {
      ModelPlan plan = Lowering.of(model).plan();
      CompiledModel code = Compiler.generate(plan, ADAMW);
      CompiledDeviceModel device = Compiler.generateForDevice(plan, ADAMW, Products.OWN);
      try (Parameters parameters = Parameters.allocate(code.parameterSpecs(), true);
          DeviceProgram program = device.create(parameters, BATCH, TIME)) {
        DeviceProgram.Arrays arrays = device.arrays(BATCH, TIME);
        assertThat(arrays.bytes()).as(model.name()).isEqualTo(bytes(program));
        assertThat(arrays.all()).contains(arrays.largest());
        assertThat(arrays.bytes()).isGreaterThan(4 * Float.BYTES * plan.model().parameterCount());
      }
    }
  }

  private static long bytes(DeviceProgram program) throws IllegalAccessException {
    long bytes = 0;
    for (Field field : DeviceBuffers.class.getDeclaredFields()) {
      field.setAccessible(true);
      if (field.get(program) instanceof TornadoNativeArray array) {
        bytes += (long) array.getSize() * array.getElementSize();
      }
    }
    return bytes;
  }

  @Test
  void indicesHaveAnEnd() {
    CompiledDeviceModel device =
        Compiler.generateForDevice(Lowering.of(models().getFirst()).plan(), ADAMW, Products.OWN);
    assertThatThrownBy(() -> device.arrays(1 << 12, 1 << 14))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("one array of at most 2,147,483,647 numbers");
    assertThatThrownBy(() -> device.arrays(1 << 16, 1 << 16))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tokens are one array of at most");
  }

  private static List<Architecture> models() {
    Path folder = Golden.folder("device");
    return Stages.analyze(folder, folder.resolve("baselines.swax")).models();
  }
}
