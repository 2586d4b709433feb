package dev.swax.grid.report;

import static dev.swax.grid.report.Samples.exact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberStyleTest {
  @ParameterizedTest
  @CsvSource({
    "0.98765, 0.9877",
    "2.5514, 2.551",
    "66.431, 66.43",
    "1483000000, '1,483,000,000'",
    "12345.6, '12,346'",
    "999.96, '1,000'",
    "9.9996, 10.00",
    "0, 0",
    "-2.5514, \u22122.551",
    "1.5E-7, 1.500E-7",
    "3.2E12, 3.200E12",
  })
  void withoutAPatternFourDigitsShow(double value, String written) {
    assertThat(style(null, value).write(value)).isEqualTo(written);
  }

  @Test
  void onePatternServesTheRow() {
    assertThat(style(null, 0.5, 123.4).write(0.5)).isEqualTo("0.5");
    assertThat(style("0.00%", 0.5).write(0.5)).isEqualTo("50.00%");
  }

  @Test
  void halvesAreRoundedUpAsPrintedTablesDo() {
    assertThat(style("0.0", 0.25).write(0.25)).isEqualTo("0.3");
    assertThat(style("0.0", -0.25).write(-0.25)).isEqualTo("\u22120.3");
  }

  @Test
  void differencesShowTheirSignUnlessTheyRoundToZero() {
    NumberStyle style = style("0.000", 1);
    assertThat(style.writeDifference(0.0514)).isEqualTo("+0.051");
    assertThat(style.writeDifference(-0.0514)).isEqualTo("\u22120.051");
    assertThat(style.writeDifference(-0.0001)).isEqualTo("0.000");
    assertThat(style.writeDifference(0)).isEqualTo("0.000");
    assertThat(style.writeDifference(Double.NEGATIVE_INFINITY)).isEqualTo("\u2212∞");
  }

  @Test
  void aDifferenceThatIsTooLargeIsNotWrittenAsZero() {
    NumberStyle style = style("0.00", 1);
    assertThat(style.writeNonzeroDifference(0.0006)).isEqualTo("+6.0E-4");
    assertThat(style.writeNonzeroDifference(-0.0006)).isEqualTo("\u22126.0E-4");
    assertThat(style.writeNonzeroDifference(0.06)).isEqualTo("+0.06");
    assertThat(style.writeNonzeroDifference(0)).isEqualTo("0.00");
  }

  private static NumberStyle style(@Nullable String pattern, double... values) {
    Row row = Samples.row("row", Row.Better.UNSTATED, pattern);
    List<Entry> entries = new ArrayList<>();
    for (double value : values) {
      entries.add(exact(value, null));
    }
    return NumberStyle.of(row, entries);
  }
}
