package dev.swax.tests.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.DeviceProgramEmitter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.load.JavaLoader;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.tests.Golden;
import dev.swax.tests.Stages;
import dev.swax.tornado.lint.ClassBytes;
import dev.swax.tornado.lint.KernelLint;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No generated task has what TornadoVM rejects or compiles wrongly, nor has what it calls. By
 * whatever products are computed, nothing but products differs: one model shows them.
 */
class GeneratedKernelLintTest {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  @ParameterizedTest
  @EnumSource
  void tasksOfTheBaselinesAreFit(Products products) {
    Path folder = Golden.folder("device");
    for (Architecture model : Stages.analyze(folder, folder.resolve("baselines.swax")).models()) {
      if (products != Products.OWN && !model.name().equals("swax_tiny")) {
        continue;
      }
      ModelPlan plan = Lowering.of(model).plan();
      String source = Compiler.generateForDevice(plan, ADAMW, products).source();
      String name =
          DeviceProgramEmitter.PACKAGE
              + "."
              + DeviceProgramEmitter.className(plan.model().architecture());
      ClassBytes classes = ClassBytes.of(JavaLoader.load(name, source).getClassLoader());
      assertThat(KernelLint.countMethods(classes, name)).as(model.name()).isGreaterThan(10);
      assertThat(KernelLint.checkTasks(classes, name)).as(model.name()).isEmpty();
    }
  }
}
