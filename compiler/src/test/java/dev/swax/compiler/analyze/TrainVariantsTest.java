package dev.swax.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.model.TrainPlan;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Train blocks with parameters, and those that are made from others. */
class TrainVariantsTest {
  private static final String FILE =
      """
      model m(width = 8) { vocab = 256  ffn = none  layers = [attention(heads: 2)] }
      train base(peak = 1e-3) {
        model = m  seq = 8 tok  batch = 2 * seq  budget = 10 step  lr = constant(peak)
      }
      train fast = base(peak: 3e-3) with { seq = 16 tok }
      train wide(w) = base with { model = m(width: w) }
      grid g {
        using fast
        column "{r}" for r in [1e-2, 2e-2] = trained(m, using: base(peak: r))
        column "fast" = m
        column "wide" = trained(m, using: wide(w: 16))
        row p = parameters
      }
      """;

  @Test
  void aVariantIsABlockOfItsOwn() {
    Analyzed analyzed = analyzed();
    assertThat(analyzed.messages()).isEmpty();
    assertThat(analyzed.analysis().trains())
        .extracting(TrainPlan::name)
        .containsExactly("base", "fast");
    assertThat(rates(analyzed.analysis().trains())).containsExactly(1e-3, 3e-3);
    assertThat(train(analyzed, "fast").recipe().sequence()).isEqualTo(16);
    assertThat(train(analyzed, "fast").recipe().batchTokens()).isEqualTo(32);
  }

  @Test
  void aGridSweepsAParameter() {
    assertThat(gridRates(analyzed())).containsExactly(1e-2, 2e-2, 3e-3, 1e-3);
  }

  @Test
  void aSettingOfAllHoldsInEveryBlock() {
    Analyzed analyzed = analyzed("train.budget = 5 step");
    assertThat(analyzed.analysis().trains()).allMatch(train -> train.recipe().steps() == 5);
    assertThat(analyzed.analysis().grids().getFirst().columns())
        .allMatch(column -> column.trains().getFirst().recipe().steps() == 5);
  }

  @Test
  void aSettingOfOneIsAnotherDefaultOfIt() {
    Analyzed analyzed = analyzed("base.peak = 0.5", "fast.budget = 7 step");
    assertThat(rates(analyzed.analysis().trains())).containsExactly(0.5, 3e-3);
    assertThat(train(analyzed, "fast").recipe().steps()).isEqualTo(7);
    assertThat(gridRates(analyzed)).containsExactly(1e-2, 2e-2, 3e-3, 1e-3);
  }

  private static List<Double> gridRates(Analyzed analyzed) {
    return rates(
        analyzed.analysis().grids().getFirst().columns().stream()
            .map(column -> column.trains().getFirst())
            .toList());
  }

  private static List<Double> rates(List<TrainPlan> trains) {
    return trains.stream().map(train -> train.recipe().rate().at(0, 10)).toList();
  }

  private static TrainPlan train(Analyzed analyzed, String name) {
    return analyzed.analysis().findTrain(name).orElseThrow();
  }

  private static Analyzed analyzed(String... settings) {
    return Analyzed.of(FILE, Analyzed.settings(settings), new LinkedHashMap<>());
  }
}
