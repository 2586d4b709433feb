package dev.swax.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.input.Input;
import dev.swax.cli.input.StageText;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.train.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole trainings by Muon: for any number of threads, and after a stop and a resume. */
class MuonRunTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      import "std/cells"
      model m(width = 16, blocks = 1) {
        vocab = 19
        ffn = moe(swiglu(hidden: 8), experts: 3, active: 2)
        layers = [gated_delta(heads: 2)]
      }
      train all {
        model = m
        seq = 16 tok
        batch = 16 tok
        budget = 2 step
        lr = constant(1e-2)
        optim = muon(rest: 0.5)
        groups = [group("embedding", lr: 0.1)]
      }
      """;

  @TempDir private Path folder;

  @Test
  void bitsAreThoseOfOneThreadWithoutAStop() throws IOException {
    var input = new Input(new SourceFile("m.swax", FILE), null, List.of(), false);
    Analysis analysis = input.findAnalysis(new Diagnostics()).orElseThrow();
    Optimizer optimizer = analysis.trains().getFirst().recipe().optimizer();
    Subject subject = Subject.of(analysis.models().getLast(), StageText.settings(optimizer));
    List<Check> checks = new RunCheck(subject, optimizer, new SplittableRandom(1), folder).run();
    assertThat(checks).hasSize(2).allMatch(Check::passed);
  }
}
