package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.program.ParameterSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What `info` counts is what the program of a model allocates, for every model here but the zoo's,
 * whose counts are those of the published models and are compared in their files.
 */
class ParameterFactsTest {
  private static final List<String> FOLDERS =
      List.of("examples", "tests/golden/info", "tests/golden/device");

  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  @TestFactory
  Stream<DynamicTest> countedAsTheyAreHeld() {
    return FOLDERS.stream()
        .map(Golden.root()::resolve)
        .flatMap(ParameterFactsTest::files)
        .flatMap(ParameterFactsTest::models)
        .map(model ->
            DynamicTest.dynamicTest(
                model.name() + " of " + model.span().file().name(),
                () -> assertThat(ParameterCount.of(model).total()).isEqualTo(allocated(model))));
  }

  private static long allocated(Architecture model) {
    return Compiler.generate(Lowering.of(model).plan(), ADAMW).parameterSpecs().stream()
        .mapToLong(ParameterSpec::size)
        .sum();
  }

  private static Stream<Architecture> models(Path file) {
    return Stages.analyze(Golden.root(), file).models().stream();
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
