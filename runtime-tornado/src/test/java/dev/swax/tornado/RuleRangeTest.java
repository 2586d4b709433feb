package dev.swax.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.swax.runtime.program.Initializer;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.UpdateRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Matrices come before vectors; what lies side by side and has one rule is one range. */
class RuleRangeTest {
  private static final Initializer ONE = new Initializer.Constant(1);
  private static final UpdateRule.ByAdamW MATRICES =
      new UpdateRule.ByAdamW(1, 0.9, 0.95, 1e-8, 0.1);
  private static final UpdateRule.ByAdamW VECTORS = new UpdateRule.ByAdamW(1, 0.9, 0.95, 1e-8, 0);
  private static final UpdateRule.ByMuon MUON = new UpdateRule.ByMuon(1, 0.4, 0.95, true, 5, 0.1);

  private static final List<ParameterSpec> SPECS =
      List.of(
          new ParameterSpec("embedding", 4, 2, ONE, true),
          new ParameterSpec("norm", 1, 2, ONE, false),
          new ParameterSpec("experts", 6, 2, ONE, true, 3),
          new ParameterSpec("head", 2, 4, ONE, true));

  private static List<RuleRange> ranges(UpdateRule... rules) {
    var sizes =
        new DeviceSizes(
            2,
            4,
            List.of(),
            1,
            1,
            new float[0],
            List.of(),
            List.of(
                new DeviceBlock("embedForward", "embedBackward", 8, 0, 1),
                new DeviceBlock("layerForward", "layerBackward", 12, 2, 1),
                new DeviceBlock("headForward", "headBackward", 8, 0, 1)),
            new int[] {0});
    try (Parameters parameters = Parameters.allocate(SPECS, false)) {
      return RuleRange.all(new Places(sizes, 1), parameters, List.of(rules));
    }
  }

  @Test
  void neighboursWithOneRuleAreOneRange() {
    assertThat(ranges(MATRICES, VECTORS, MATRICES, MATRICES))
        .extracting(RuleRange::from, RuleRange::to, RuleRange::rule)
        .containsExactly(tuple(0, 28, MATRICES), tuple(28, 30, VECTORS));
  }

  @Test
  void eachMatrixOfMuonIsARangeOfItsShape() {
    assertThat(ranges(MATRICES, VECTORS, MUON, MATRICES))
        .extracting(RuleRange::from, RuleRange::to, RuleRange::rule)
        .containsExactly(
            tuple(0, 8, MATRICES),
            tuple(8, 12, MUON),
            tuple(12, 16, MUON),
            tuple(16, 20, MUON),
            tuple(20, 28, MATRICES),
            tuple(28, 30, VECTORS));
    assertThat(ranges(MATRICES, VECTORS, MUON, MATRICES).get(1).shape())
        .isEqualTo(new MatrixShape(2, 2));
  }
}
