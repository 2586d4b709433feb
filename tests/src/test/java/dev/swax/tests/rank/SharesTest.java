package dev.swax.tests.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.ParameterSpecs;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.program.ParameterLayout;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Shares;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.tests.Stages;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which process updates what: the same pieces, whole matrices for Muon, little for each. */
class SharesTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      model quickstart = swax with { width = 128, blocks = 4, heads = 4 }
      model thirty_million = swax with { width = 512, blocks = 8, heads = 8, vocab = 8192 }
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      train by {
        data = pairs, seq = 32 tok, batch = 8 * seq, budget = 1 step, lr = constant(1e-3)
        optim = %s
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "muon"})
  void aProcessOfEightHasLittleOfTheMoments(String optimizer) {
    for (String model : List.of("quickstart", "thirty_million")) {
      Shares one = shares(optimizer, model, 1);
      Shares eight = shares(optimizer, model, 8);
      long most = IntStream.range(0, 8).mapToLong(eight::moments).max().orElseThrow();
      assertThat(most).as(model).isLessThanOrEqualTo((long) (0.15 * one.moments(0)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 64})
  void sharesFollowEachOtherAndLeaveNothingOut(int processes) {
    Shares shares = shares("muon", "quickstart", processes);
    assertThat(shares.pieces()).isEqualTo(shares("muon", "quickstart", 1).pieces());
    assertThat(shares.bound(0)).isZero();
    assertThat(shares.bound(processes)).isEqualTo(shares.layout().length());
    long moments = 0;
    for (int process = 0; process < processes; process++) {
      assertThat(shares.bound(process)).isLessThanOrEqualTo(shares.bound(process + 1));
      moments += shares.moments(process);
    }
    assertThat(moments).isEqualTo(shares("muon", "quickstart", 1).moments(0));
    List<ParameterSpec> specs = shares.layout().specs();
    for (int i = 0; i < specs.size(); i++) {
      int parameter = i;
      long numbers =
          IntStream.range(0, processes).mapToLong(p -> shares.of(parameter, p).length()).sum();
      assertThat(numbers).isEqualTo(specs.get(i).size());
    }
  }

  /** Also where another process has more, so that a chunk begins behind this one's end. */
  @Test
  void chunksOfAShareEndWithIt() {
    Shares shares = shares("adamw", "quickstart", 8);
    long most = 1 << 14;
    for (int process = 0; process < 8; process++) {
      long next = shares.bound(process);
      for (long from = 0; from < shares.largest() + 2 * most; from += most) {
        Shares.Range part = shares.part(process, from, most);
        assertThat(part.from()).isEqualTo(next);
        next += part.length();
      }
      assertThat(next).isEqualTo(shares.bound(process + 1));
    }
  }

  /** An orthogonal update needs all of a matrix. */
  @Test
  void whatMuonUpdatesIsInOneProcess() {
    Shares shares = shares("muon", "quickstart", 8);
    List<UpdateRule> rules = rules("muon", "quickstart");
    int found = 0;
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i) instanceof UpdateRule.ByMuon) {
        long size = shares.layout().specs().get(i).size();
        for (int process = 0; process < 8; process++) {
          assertThat(shares.of(i, process).length()).isIn(0L, size);
        }
        found++;
      }
    }
    assertThat(found).isGreaterThan(8);
  }

  private static Shares shares(String optimizer, String model, int processes) {
    return new Shares(
        new ParameterLayout(specs(optimizer, model)), rules(optimizer, model), processes);
  }

  private static List<UpdateRule> rules(String optimizer, String model) {
    Analysis analysis = analysis(optimizer);
    return analysis
        .findTrain("by")
        .orElseThrow()
        .recipe()
        .optimizer()
        .rules(specs(optimizer, model));
  }

  private static List<ParameterSpec> specs(String optimizer, String model) {
    Architecture found = analysis(optimizer).findModel(model).orElseThrow();
    return ParameterSpecs.of(LowerModel.lower(found));
  }

  private static Analysis analysis(String optimizer) {
    return Stages.analyze(Path.of(""), new SourceFile("m.swax", FILE.formatted(optimizer)));
  }
}
