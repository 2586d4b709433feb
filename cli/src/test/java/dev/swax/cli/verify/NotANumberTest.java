package dev.swax.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.input.Input;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is no number anywhere passes no check, whatever comes after it. */
class NotANumberTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      model m = transformer(width: 16, blocks: 1, heads: 2, vocab: 19)
      """;

  @Test
  void noLaterNumberIsWorse() {
    SequencedMap<String, Double> errors = new LinkedHashMap<>();
    errors.put("a", 3.0);
    errors.put("b", Double.NaN);
    errors.put("c", Double.POSITIVE_INFINITY);
    errors.put("d", Double.NaN);
    assertThat(Worst.of(errors)).isEqualTo(new Worst("b", Double.NaN));
    errors.remove("b");
    errors.remove("d");
    assertThat(Worst.of(errors).where()).isEqualTo("c");
  }

  @Test
  void aLossOfOneTokenIsEnough() {
    double[] right = {1, 2, 3};
    assertThat(FormCheck.error(right, new double[] {1, Double.NaN, 3})).isNaN();
    assertThat(FormCheck.error(new double[] {Double.NaN, 2, 3}, right)).isNaN();
    assertThat(FormCheck.error(right, new double[] {1, 2, 3.3})).isBetween(0.09, 0.11);
  }

  @Test
  void theGradientOfAnyWeightIsEnoughAndNamed() {
    var input = new Input(new SourceFile("m.swax", FILE), null, List.of(), false);
    Analysis analysis = input.findAnalysis(new Diagnostics()).orElseThrow();
    Architecture model = analysis.models().getLast();
    Subject subject = Subject.of(model, new OptimizerSettings(0.9, 0.95, 1e-8, 0.1));
    try (Kernels kernels = new ScalarKernels(1)) {
      for (var spec : subject.program().parameterSpecs()) {
        GradientCheck.Maker maker =
            (parameters, sequences, time) ->
                spoiled(
                    subject.program().create(kernels, parameters, sequences, time, 0, true),
                    parameters,
                    spec.name());
        List<Check> checks = new GradientCheck(subject, maker, new SplittableRandom(1), 0).run();
        for (Check check : checks.subList(1, 3)) {
          assertThat(check.passed()).as("%s of %s", check.name(), spec.name()).isFalse();
          assertThat(check.where()).isEqualTo(spec.name());
          assertThat(check.error()).isNaN();
        }
      }
    }
  }

  /** A program that leaves no number in one place of one gradient. */
  private static Program spoiled(Program right, Parameters parameters, String weight) {
    return (Program)
        Proxy.newProxyInstance(
            Program.class.getClassLoader(),
            new Class<?>[] {Program.class},
            (_, method, arguments) -> {
              Object result = method.invoke(right, arguments);
              if (method.getName().equals("accumulate")) {
                parameters.get(weight).gradient().set(1, Float.NaN);
              }
              return result;
            });
  }
}
