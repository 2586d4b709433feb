package dev.swax.tests.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.hub.exchange.ExportPlan;
import dev.swax.hub.exchange.Exporter;
import dev.swax.hub.folder.Shards;
import dev.swax.hub.weight.Transfer;
import dev.swax.runtime.checkpoint.NumberFormat;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.tests.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Published weights give the logits that transformers computes, and go out with the same bits. */
class PublishedWeightsTest {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  @TempDir Path out = Path.of("");

  @TestFactory
  Stream<DynamicTest> giveTheLogitsOfTransformers() {
    return HubFixture.all()
        .filter(HubFixture::hasWeights)
        .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> compare(fixture)));
  }

  private void compare(HubFixture fixture) throws IOException {
    Architecture model = fixture.model();
    CompiledModel code = CompiledModel.of(Lowering.of(model).plan(), ADAMW, "test");
    var table = fixture.plan().blueprint().weights();
    try (Shards shards = Shards.open(fixture.folder());
        Kernels kernels = new VectorKernels(1);
        Parameters parameters = Parameters.allocate(code.parameterSpecs(), false)) {
      shards.require(table, fixture.name());
      parameters
          .all()
          .forEach(parameter ->
              Transfer.in(table, parameter.spec().name(), parameter.value(), shards::numbers));
      logits(fixture, model, code, kernels, parameters);
      goOut(fixture, model, parameters, shards);
    }
  }

  private static void logits(
      HubFixture fixture,
      Architecture model,
      CompiledModel code,
      Kernels kernels,
      Parameters parameters) {
    List<String> lines = Golden.read(fixture.folder().resolve("logits.txt")).lines().toList();
    int[] tokens = Arrays.stream(lines.getFirst().split(" ")).mapToInt(Integer::parseInt).toArray();
    int[] windows = HubFixture.windows(model).stream().mapToInt(w -> w).toArray();
    try (Program program = code.create(kernels, parameters, 1, 1, tokens.length, false)) {
      program.resetState();
      for (int at = 0; at < tokens.length; at++) {
        Batch one = Batch.allocate(1, 1);
        one.tokens()[0] = tokens[at];
        program.evaluate(one, windows);
        for (String line : lines.subList(1, lines.size())) {
          if (line.startsWith(at + " ")) {
            requireRow(line.split(" "), program);
          }
        }
      }
    }
  }

  private static void requireRow(String[] row, Program program) {
    for (int i = 1; i < row.length; i++) {
      assertThat((double) program.logits().get(i - 1))
          .as("logit %d of token %s", i - 1, row[0])
          .isCloseTo(Double.parseDouble(row[i]), within(1e-4));
    }
  }

  /** Whether a sum was rounded, not the number itself. */
  private static boolean isSum(ExportPlan plan, String name) {
    return plan.weights().byTensor().getOrDefault(name, List.of()).stream()
        .anyMatch(link -> link.plus() != 0);
  }

  /** In several files, so that the index is read too. */
  private void goOut(HubFixture fixture, Architecture model, Parameters parameters, Shards source)
      throws IOException {
    Path folder = Files.createDirectory(out.resolve(fixture.name()));
    var plan = ExportPlan.of(HubFixture.sketch(model), fixture.plan().published().type(), null);
    new Exporter(plan, NumberFormat.BF16, name -> parameters.get(name).value()::get, 9000)
        .write(folder, _ -> {});
    assertThat(folder.resolve(Shards.INDEX)).exists();
    try (Shards written = Shards.open(folder)) {
      written.require(fixture.plan().blueprint().weights(), fixture.name());
      plan.weights()
          .shapes()
          .forEach((name, shape) -> {
            long size = shape.stream().reduce(1L, Math::multiplyExact);
            for (long i = 0; i < size; i++) {
              float before = source.numbers(name).at(i);
              assertThat(written.numbers(name).at(i))
                  .as("%s %d", name, i)
                  .isCloseTo(before, within(isSum(plan, name) ? 0.004f : 0f));
            }
          });
    }
  }
}
