package dev.swax.grid.report;

import static dev.swax.grid.report.Samples.exact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.grid.report.Comparison.Verdict;
import dev.swax.grid.result.Entry;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Verdict verdict(double ours, double theirs, double tolerance) {
    Entry.Reference reference = new Entry.Reference(theirs, tolerance);
    return Comparison.of(exact(ours, reference), reference).verdict();
  }

  @Test
  void theToleranceItselfIsStillWithin() {
    assertThat(verdict(3.0285, 3.029, 0.0005)).isEqualTo(Verdict.WITHIN);
    assertThat(verdict(3.0295, 3.029, 0.0005)).isEqualTo(Verdict.WITHIN);
    assertThat(verdict(3.02949, 3.029, 0.0005)).isEqualTo(Verdict.WITHIN);
    assertThat(verdict(3.02951, 3.029, 0.0005)).isEqualTo(Verdict.OUTSIDE);
    assertThat(verdict(2.978, 3.029, 0.0005)).isEqualTo(Verdict.OUTSIDE);
    assertThat(verdict(1, 1, 0)).isEqualTo(Verdict.WITHIN);
  }

  @Test
  void withoutAToleranceOrANumberNothingIsJudged() {
    assertThat(verdict(1, 2, Double.NaN)).isEqualTo(Verdict.OPEN);
    assertThat(verdict(Double.NaN, 2, 0.1)).isEqualTo(Verdict.OPEN);
    Entry.Reference reference = new Entry.Reference(1, 0.1);
    Comparison comparison = Comparison.of(new Entry.Failed("x", reference), reference);
    assertThat(comparison.verdict()).isEqualTo(Verdict.OPEN);
    assertThat(comparison.difference()).isNaN();
  }

  @Test
  void anInfiniteValueIsOutside() {
    assertThat(verdict(Double.POSITIVE_INFINITY, 1, 0.1)).isEqualTo(Verdict.OUTSIDE);
  }
}
