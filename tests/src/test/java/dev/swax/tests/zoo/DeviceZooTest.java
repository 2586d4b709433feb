package dev.swax.tests.zoo;

import dev.swax.tests.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Each model of {@code examples/zoo} takes a training step on a device, the simulator or what
 * TornadoVM finds, and has the loss and the gradients of the published code. This takes minutes, so
 * it has to be asked for: {@code -Dswax.zoo.devices=.*}, or a pattern of the names that are wanted.
 */
@EnabledIfSystemProperty(named = DeviceZooTest.WANTED, matches = ".+")
class DeviceZooTest {
  static final String WANTED = "swax.zoo.devices";

  @TestFactory
  Stream<DynamicTest> computesWhatItsPublishedCodeComputes() {
    return Golden.files(Golden.root().resolve("examples/zoo"), ".swax").stream()
        .map(ZooModel::of)
        .filter(model -> model.name().matches(System.getProperty(WANTED)))
        .map(model -> DynamicTest.dynamicTest(model.name(), () -> check(model)));
  }

  private static void check(ZooModel model) {
    ZooNumbers numbers = ZooNumbers.read(Golden.folder("zoo").resolve(model.name() + ".txt"));
    var check = new ZooCheck(model, numbers);
    if (check.deviceObstacle().isEmpty()) {
      check.device();
    }
  }
}
