package dev.swax.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.cli.input.Input;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A copy must be small, and yet such that right programs pass. */
class ShrinkTest {
  private static Architecture shrink(String file) {
    var input = new Input(new SourceFile("m.swax", file), null, List.of(), false);
    Analysis analysis = input.findAnalysis(new Diagnostics()).orElseThrow();
    return Shrink.shrink(input, "m", analysis.models().getLast());
  }

  /** Numbers of a feed-forward and of heads shrink too; they need not follow from the width. */
  @Test
  void sizesOfTheirOwnShrink() {
    Architecture small =
        shrink(
            """
            edition 1
            model m {
              width = 4096  vocab = 32k  blocks = 2
              ffn = swiglu(hidden: 11008)
              layers = 2 * [attention(heads: 32, head: 128)]
            }
            """);
    assertThat(ParameterCount.of(small).total()).isLessThan(200_000);
  }

  /** A cell's sizes stand in its expressions: what stays large is refused before it is run. */
  @Test
  void whatStaysLargeIsRefused() {
    assertThatThrownBy(() ->
            shrink(
                """
                edition 1
                import "std/cells"
                model m {
                  width = 1024  vocab = 256  blocks = 2  ffn = none
                  layers = 2 * [mlstm(heads: 16, key: 1024, value: 1024)]
                }
                """))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("weights");
  }

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
    Architecture small = shrink(file);
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
