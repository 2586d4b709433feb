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
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A copy must be small, and yet such that right programs pass. */
class ShrinkTest {

  /** At a width of 16 each of eight heads would be a norm over two channels. */
  @Test
  void everyNormKeepsChannels() {
    String file =
        """
        edition 1
        import "std/models"
        import "std/cells"
        model m = xlstm(width: 512, blocks: 1, memory: mlstm(heads: 8))
        """;
    var input = new Input(new SourceFile("m.swax", file), null, List.of(), false);
    Analysis analysis = input.findAnalysis(new Diagnostics()).orElseThrow();
    Architecture small = Shrink.shrink(input, "m", analysis.models().getLast());
    assertThat(small.width()).isEqualTo(64);
    Subject subject = Subject.of(small, new OptimizerSettings(0.9, 0.95, 1e-8, 0.1));
    try (Kernels kernels = new ScalarKernels(2)) {
      GradientCheck.Maker maker =
          (parameters, sequences, time) ->
              subject.program().create(kernels, parameters, sequences, time, 0, true);
      List<Check> checks = new GradientCheck(subject, maker, new SplittableRandom(1), 0).run();
      assertThat(checks).allSatisfy(check -> assertThat(check.passed()).as("%s", check).isTrue());
    }
  }
}
