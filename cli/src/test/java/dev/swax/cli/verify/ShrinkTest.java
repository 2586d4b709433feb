package dev.swax.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.cli.input.Input;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.lower.LowerModel;
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
  private static Architecture shrink(String file, String... settings) {
    var input = new Input(new SourceFile("m.swax", file), null, List.of(settings), false);
    Analysis analysis = input.findAnalysis(new Diagnostics()).orElseThrow();
    return Shrink.shrink(input, analysis, analysis.models().getLast());
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

  /** So do those of a cell, in a call, in its defaults and in its body, of any file. */
  @Test
  void sizesOfACellShrink() {
    Architecture small =
        shrink(
            """
            edition 1
            import "std/cells"
            let keys = 1Ki
            cell mine(heads = 24) {
              q, k: [512] = linear(x)
              v: [384] = low_rank(x, 640)
              state S: [512, 384]
              S' = 0.9 * S + outer(k, v)
              out = linear(rmsnorm(q . S'))
            }
            model m {
              width = 1536  vocab = 256  blocks = 4  ffn = swiglu(hidden: round_up(8/3 * width, 64))
              layers = 2 * [mlstm(heads: 16, key: keys, value: 1024), mine]
            }
            expect parameters(m) > 100M
            """);
    assertThat(ParameterCount.of(small).total()).isLessThan(50_000);
    assertThat(small.layers()).hasSize(4);
  }

  /** Heads that share keys go on sharing them, and are more than one. */
  @Test
  void headsThatShareKeysKeepSharingThem() {
    Architecture small =
        shrink(
            """
            edition 1
            model m {
              width = 4544  vocab = 65024  blocks = 32  ffn = swiglu(hidden: 4 * width)
              layers = blocks * [attention(heads: 71, key_heads: 1, head: 64)]
            }
            """);
    assertThat(LowerModel.lower(small).attentions())
        .allSatisfy(attention -> {
          assertThat(attention.shape().keyHeads()).isEqualTo(1);
          assertThat(attention.shape().heads()).isBetween(2, 32);
        })
        .isNotEmpty();
  }

  /** The numbers of a setting shrink with those of the file. */
  @Test
  void numbersOfASettingShrink() {
    String file =
        """
        edition 1
        import "std/models"
        model m = transformer(width: 512)
        """;
    assertThat(shrink(file, "model.width=8192", "lm.heads=64").width()).isLessThan(100);
  }

  /** A step is a program with numbers of its own, which are none of its sizes. */
  @Test
  void aCellOfRecurrentWeightsShrinks() {
    String file =
        """
        edition 1
        import "std/models"
        import "std/cells"
        model m = xlstm(width: 2048, heads: 8, memory: slstm(heads: 8))
        """;
    assertThat(shrink(file).width()).isLessThanOrEqualTo(64);
  }

  /** What no written number makes small is refused before it is run, and named. */
  @Test
  void whatStaysLargeIsRefused() {
    assertThatThrownBy(() ->
            shrink(
                """
                edition 1
                import "std/cells"
                let large = 4 ^ 4 * 4
                model m {
                  width = large  vocab = 256  blocks = 2  ffn = none
                  layers = 2 * [mlstm(heads: 4, key: large, value: large)]
                }
                """))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("weights")
        .hasMessageContaining("1024 x 4096");
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
    assertThat(small.width()).isLessThanOrEqualTo(64);
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
