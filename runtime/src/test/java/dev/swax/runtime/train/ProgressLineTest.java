package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void aLineHasAllThatAPersonWants() {
    assertThat(line(map("local", 128)))
        .isEqualTo(
            "step 120/488  loss 5.2014  ppl 181.5  gnorm 2.25  lr 2.9e-04  win 128"
                + "  tok/s 27,483  mem 1.02GiB  eta 03:12");
  }

  @Test
  void severalWindowsAndNone() {
    var two = map("a", 128);
    two.put("b", 2048);
    assertThat(line(two)).contains("  win 128/2048  ");
    assertThat(line(new LinkedHashMap<>())).doesNotContain("win");
  }

  @Test
  void durations() {
    assertThat(ProgressLine.duration(0)).isEqualTo("00:00");
    assertThat(ProgressLine.duration(3599)).isEqualTo("59:59");
    assertThat(ProgressLine.duration(3600)).isEqualTo("1:00:00");
    assertThat(ProgressLine.duration(100 * 3600 + 61)).isEqualTo("100:01:01");
  }

  @Test
  void smallPerplexitiesHaveMoreDigits() {
    assertThat(ProgressLine.perplexity(2.34567)).isEqualTo("2.346");
    assertThat(ProgressLine.perplexity(23.4567)).isEqualTo("23.46");
    assertThat(ProgressLine.perplexity(1234.567)).isEqualTo("1234.6");
  }

  private static SequencedMap<String, Integer> map(String name, int window) {
    SequencedMap<String, Integer> map = new LinkedHashMap<>();
    map.put(name, window);
    return map;
  }

  private static String line(SequencedMap<String, Integer> windows) {
    var report =
        new StepReport(
            120,
            5.20141,
            0,
            new LinkedHashMap<>(),
            2.25,
            2.9e-4,
            windows,
            0,
            1,
            Math.round(1.02 * 0x1p30));
    return ProgressLine.format(report, 488, 27_483, 192);
  }
}
