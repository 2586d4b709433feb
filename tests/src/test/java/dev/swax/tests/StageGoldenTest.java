package dev.swax.tests;

import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.dump.ModelText;
import dev.swax.compiler.dump.Stage;
import dev.swax.compiler.model.Architecture;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The last model of a file after each stage of the compiler. */
class StageGoldenTest {
  private static final String FOLDER = "stages";
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  @TestFactory
  Stream<DynamicTest> graphs() {
    return Golden.tests(FOLDER, ".ir", file -> ModelText.of(Stage.IR, model(file), ADAMW));
  }

  @TestFactory
  Stream<DynamicTest> simplified() {
    return Golden.tests(
        FOLDER, ".simplified", file -> ModelText.of(Stage.SIMPLIFIED, model(file), ADAMW));
  }

  @TestFactory
  Stream<DynamicTest> gradients() {
    return Golden.tests(FOLDER, ".grad", file -> ModelText.of(Stage.GRAD, model(file), ADAMW));
  }

  @TestFactory
  Stream<DynamicTest> rewritten() {
    return Golden.tests(
        FOLDER, ".optimized", file -> ModelText.of(Stage.OPTIMIZED, model(file), ADAMW));
  }

  @TestFactory
  Stream<DynamicTest> plans() {
    return Golden.tests(FOLDER, ".plan", file -> ModelText.of(Stage.PLAN, model(file), ADAMW));
  }

  @TestFactory
  Stream<DynamicTest> programs() {
    return Golden.tests(FOLDER, ".java", file -> ModelText.of(Stage.JAVA, model(file), ADAMW));
  }

  @TestFactory
  Stream<DynamicTest> programsForDevices() {
    return Golden.tests(
        "device/stages", ".java", file -> ModelText.ofDevice(model(file), ADAMW, Products.OWN));
  }

  @TestFactory
  Stream<DynamicTest> programsForDevicesInBFloat16() {
    return Golden.tests(
        "device/products",
        ".java",
        file -> ModelText.ofDevice(model(file), ADAMW, Products.CUBLAS_BF16));
  }

  private static Architecture model(Path file) {
    return Stages.analyze(file.resolveSibling("."), file).models().getLast();
  }
}
