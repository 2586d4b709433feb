package dev.swax.tests;

import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.dump.ModelText;
import dev.swax.compiler.dump.Stage;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.train.Recompute;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole models: the graphs that they are lowered to, and of what follows the {@link Structure}. The
 * text of each construct is in {@link BlockGoldenTest}.
 */
class StageGoldenTest {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  @TestFactory
  Stream<DynamicTest> graphs() {
    return Golden.tests(
        "lowered", ".ir", file -> ModelText.of(Stage.IR, model(file), ADAMW, Recompute.NONE));
  }

  @TestFactory
  Stream<DynamicTest> structures() {
    return Golden.tests("stages", ".txt", file -> Structure.of(model(file)));
  }

  private static Architecture model(Path file) {
    return Stages.analyze(file.resolveSibling("."), file).models().getLast();
  }
}
