package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.ParameterSpecs;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.program.ParameterSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What `info` counts is what a lowered model holds, for every model here but the zoo's, whose
 * counts are those of the published models and are compared in their files. A program allocates
 * what its lowered model holds; that is compared for the models of devices, which have every kind
 * of sharing.
 */
class ParameterFactsTest {
  private static final String DEVICE = "tests/golden/device";
  private static final List<String> FOLDERS = List.of("examples", "tests/golden/info", DEVICE);

  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  @TestFactory
  Stream<DynamicTest> countedAsTheyAreHeld() {
    return tests(
        FOLDERS,
        model ->
            assertThat(ParameterCount.of(model).total())
                .isEqualTo(specs(model).stream().mapToLong(ParameterSpec::size).sum()));
  }

  @TestFactory
  Stream<DynamicTest> programsAllocateThem() {
    return tests(
        List.of(DEVICE),
        model -> assertThat(program(model).parameterSpecs()).isEqualTo(specs(model)));
  }

  private static List<ParameterSpec> specs(Architecture model) {
    return ParameterSpecs.of(LowerModel.lower(model));
  }

  private static CompiledModel program(Architecture model) {
    return Compiler.generate(Lowering.of(model).plan(), ADAMW);
  }

  private static Stream<DynamicTest> tests(List<String> folders, Consumer<Architecture> test) {
    return folders.stream()
        .map(Golden.root()::resolve)
        .flatMap(ParameterFactsTest::files)
        .flatMap(file -> Stages.analyze(Golden.root(), file).models().stream())
        .map(model ->
            DynamicTest.dynamicTest(
                model.name() + " of " + model.span().file().name(), () -> test.accept(model)));
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(path ->
              path.toString().endsWith(".swax")
                  && !path.toString().contains("/target/")
                  && !path.toString().contains("/zoo/"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
