package dev.swax.grid.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaletteTest {
  private static final Color LIGHT_GROUND = Color.WHITE;
  private static final Color DARK_GROUND = new Color(0x11161d);
  private static final double GRAPHICS = 3;
  private static final double TEXT = 4.5;

  @Test
  void everySeriesStandsOutOnBothGrounds() {
    List<Palette.Twin> twins = Palette.all();
    for (Palette.Twin twin : twins.subList(3, twins.size())) {
      assertThat(contrast(Color.decode(twin.light()), LIGHT_GROUND)).isGreaterThan(GRAPHICS);
      assertThat(contrast(Color.decode(twin.dark()), DARK_GROUND)).isGreaterThan(GRAPHICS);
    }
  }

  @Test
  void textIsReadableOnBothGrounds() {
    for (Palette.Twin twin : List.of(Palette.TEXT, Palette.QUIET)) {
      assertThat(contrast(Color.decode(twin.light()), LIGHT_GROUND)).isGreaterThan(TEXT);
      assertThat(contrast(Color.decode(twin.dark()), DARK_GROUND)).isGreaterThan(TEXT);
    }
  }

  @Test
  void coloursAreDistinctSoThatEachHasOneTwin() {
    List<String> light = Palette.all().stream().map(Palette.Twin::light).toList();
    assertThat(light).doesNotHaveDuplicates();
  }

  @Test
  void linesOfOneColourHaveOtherDashes() {
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < i; j++) {
        boolean alike =
            Palette.series(i).equals(Palette.series(j))
                && Palette.line(i, Palette.THIN).equals(Palette.line(j, Palette.THIN));
        assertThat(alike).as("%d and %d", i, j).isFalse();
      }
    }
  }

  /** As the Web Content Accessibility Guidelines define it: (brighter + 0.05) / (darker + 0.05). */
  private static double contrast(Color a, Color b) {
    double first = luminance(a) + 0.05;
    double second = luminance(b) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
