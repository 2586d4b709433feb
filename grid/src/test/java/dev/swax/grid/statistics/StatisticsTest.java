package dev.swax.grid.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Against a program in another language, and against what is printed in books. */
class StatisticsTest {
  @Test
  void everyDigitIsThatOfAnotherProgram() throws IOException {
    List<String> lines = oracle().lines().filter(line -> !line.startsWith("#")).toList();
    assertThat(lines).hasSizeGreaterThan(30);
    for (String line : lines) {
      String[] fields = line.split(";");
      List<Double> values = Arrays.stream(fields[1].split(" ")).map(Double::valueOf).toList();
      Estimate estimate =
          switch (fields[0]) {
            case "rate" -> Wilson.of(values);
            case "median" -> Bootstrap.median(values);
            case "bootstrap" -> Bootstrap.mean(values);
            case "difference" -> Paired.of(values);
            default -> throw new AssertionError(line);
          };
      double p = fields[5].equals("nan") ? Double.NaN : Double.parseDouble(fields[5]);
      assertThat(estimate)
          .as(line)
          .isEqualTo(
              new Estimate(
                  Double.parseDouble(fields[2]),
                  Double.parseDouble(fields[3]),
                  Double.parseDouble(fields[4]),
                  p,
                  values.size()));
    }
  }

  private static String oracle() throws IOException {
    try (InputStream in = StatisticsTest.class.getResourceAsStream("oracle.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29. */
  @Test
  void wilsonsIntervalIsThatOfTheBooks() {
    wilson(81, 263, 0.2553, 0.3662);
    wilson(15, 148, 0.0624, 0.1605);
    wilson(0, 20, 0, 0.1611);
    wilson(1, 29, 0.0061, 0.1718);
  }

  private static void wilson(int hits, int all, double low, double high) {
    Double[] values = new Double[all];
    Arrays.fill(values, 0.0);
    Arrays.fill(values, 0, hits, 1.0);
    Estimate estimate = Wilson.of(Arrays.asList(values));
    assertThat(estimate.low()).isCloseTo(low, within(5e-5));
    assertThat(estimate.high()).isCloseTo(high, within(5e-5));
  }

  /** Darwin's fifteen pairs of plants, in eighths of an inch: Fisher counted 1,726 of 32,768. */
  @Test
  void exchangedSignsAreThoseOfFisher() {
    List<Double> plants =
        List.of(
            49.0, -67.0, 8.0, 16.0, 6.0, 23.0, 28.0, 41.0, 14.0, 29.0, 56.0, 24.0, 75.0, 60.0,
            -48.0);
    assertThat(Paired.of(plants).p()).isEqualTo(1726.0 / 32768);
  }

  @Test
  void differencesWhoseSumIsRoundingHaveAPOfOne() {
    assertThat(Paired.of(List.of(-0.2, 0.3 - 0.1, 0.5 - 0.3, 0.55 - 0.75)).p()).isEqualTo(1);
    assertThat(Paired.of(List.of(0.0, 0.0)).p()).isEqualTo(1);
  }

  @Test
  void equalValuesHaveNoWidth() {
    Estimate estimate = Bootstrap.mean(List.of(2.0, 2.0, 2.0));
    assertThat(estimate).isEqualTo(new Estimate(2, 2, 2, Double.NaN, 3));
  }
}
