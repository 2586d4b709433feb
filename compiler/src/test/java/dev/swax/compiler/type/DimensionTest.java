package dev.swax.compiler.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DimensionTest {
  @Test
  void budgetOverBatchIsSteps() {
    assertThat(Dimension.TOKENS.over(Dimension.TOKENS_PER_STEP)).isEqualTo(Dimension.STEPS);
  }

  @Test
  void aShareOfStepsIsSteps() {
    assertThat(Dimension.PERCENT.times(Dimension.STEPS)).isEqualTo(Dimension.STEPS);
    assertThat(Dimension.STEPS.times(Dimension.PERCENT)).isEqualTo(Dimension.STEPS);
  }

  @Test
  void aMultipleOfAPercentageIsAPercentage() {
    assertThat(Dimension.PERCENT.times(Dimension.NONE)).isEqualTo(Dimension.PERCENT);
    assertThat(Dimension.PERCENT.over(Dimension.NONE)).isEqualTo(Dimension.PERCENT);
    assertThat(Dimension.PERCENT.times(Dimension.PERCENT)).isEqualTo(Dimension.NONE);
    assertThat(Dimension.PERCENT.over(Dimension.PERCENT)).isEqualTo(Dimension.NONE);
    assertThat(Dimension.NONE.over(Dimension.PERCENT)).isEqualTo(Dimension.NONE);
  }

  @Test
  void unitsHaveNames() {
    assertThat(Dimension.NONE.describe()).isEqualTo("a plain number");
    assertThat(Dimension.TOKENS_PER_STEP.describe()).isEqualTo("in tok per step");
    assertThat(Dimension.TOKENS.power(2).describe()).isEqualTo("in tok^2");
    assertThat(Dimension.STEPS.power(-1).describe()).isEqualTo("in per step");
    assertThat(new Quantity(Rational.of(2), Dimension.TOKENS)).hasToString("2 tok");
    assertThat(new Quantity(Rational.of(9).dividedBy(Rational.of(10)), Dimension.PERCENT))
        .hasToString("90%");
  }
}
