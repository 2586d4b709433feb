package dev.swax.tests.tornado;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.UserError;
import dev.swax.tests.Golden;
import dev.swax.tests.Stages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrays on a device have an end; {@link DeviceArrays} says how large they are. */
class DeviceArraysTest {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

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
