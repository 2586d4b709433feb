package dev.swax.grid.report;

import static dev.swax.grid.report.Samples.exact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Row;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestTest {
  private static List<Integer> best(Row.Better better, Entry... entries) {
    Row row = Samples.row("row", better, "0.00");
    BitSet best = Best.of(row, List.of(entries), NumberStyle.of(row, List.of(entries)));
    return best.stream().boxed().toList();
  }

  private static Entry value(double value) {
    return exact(value, null);
  }

  @Test
  void theDirectionDecides() {
    assertThat(best(Row.Better.LOWER, value(2), value(1), value(3))).containsExactly(1);
    assertThat(best(Row.Better.HIGHER, value(2), value(1), value(3))).containsExactly(2);
    assertThat(best(Row.Better.UNSTATED, value(2), value(1))).isEmpty();
  }

  @Test
  void whatIsWrittenAlikeTies() {
    assertThat(best(Row.Better.HIGHER, value(1.001), value(1.004), value(0))).containsExactly(0, 1);
  }

  @Test
  void nothingIsBestWhereAllTieOrOneIsAlone() {
    assertThat(best(Row.Better.HIGHER, value(1), value(1.001))).isEmpty();
    assertThat(best(Row.Better.HIGHER, value(1), new Entry.Missing(null, null))).isEmpty();
  }

  @Test
  void whatIsNoFiniteNumberTakesNoPart() {
    assertThat(
            best(
                Row.Better.HIGHER,
                value(Double.NaN),
                value(Double.POSITIVE_INFINITY),
                new Entry.Failed("x", null),
                new Entry.NotApplicable("y", null),
                value(1),
                value(2)))
        .containsExactly(5);
  }
}
