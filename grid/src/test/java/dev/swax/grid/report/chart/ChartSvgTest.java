package dev.swax.grid.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartSvgTest {
  private static final String ODD = "a<b>&\"c' é 漢 {0}";

  private static Plot plot(Plot.Style style) {
    Axis across = Axis.at("n", List.of(new Axis.Tick(0, "256"), new Axis.Tick(1, ODD)));
    Axis up = Axis.over("y", List.of(0.0, 1.0), (value, _) -> Double.toString(value));
    return new Plot(
        across,
        up,
        List.of(
            new Plot.Series(
                ODD,
                0,
                Plot.Look.OURS,
                List.of(new Plot.Point(0, 0.5, 0, 0.1), new Plot.Point(1, Double.NaN, 0, 0))),
            new Plot.Series("b", 9, Plot.Look.PRINTED, List.of(new Plot.Point(1, 1, 0.1, 0)))),
        style);
  }

  @ParameterizedTest
  @EnumSource
  void everyStyleIsWellFormedWhateverItsTexts(Plot.Style style) throws Exception {
    String svg = ChartSvg.draw(plot(style), ODD, "one");
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(ODD);
    assertThat(document.getElementsByTagName("text").getLength()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void thePartsOfTwoFiguresHaveDifferentNames(Plot.Style style) {
    String svg = ChartSvg.draw(plot(style), "t", "one");
    assertThat(svg).contains("id=\"one-").doesNotContain("url(#clip");
    assertThat(svg.split("id=\""))
        .allSatisfy(
            part -> assertThat(part.startsWith("one-") || part.startsWith("<svg")).isTrue());
  }

  @Test
  void onlyColoursOfThePaletteAreUsed() {
    String svg = ChartSvg.draw(plot(Plot.Style.MEASURED), "t", "one");
    assertThat(svg).doesNotContain("rgb(");
    List<String> known = Palette.all().stream().map(Palette.Twin::light).toList();
    var colours = Pattern.compile("(?:fill|stroke)=\"(#[0-9a-f]{6})\"").matcher(svg);
    while (colours.find()) {
      assertThat(known).contains(colours.group(1));
    }
  }

  @Test
  void aFigureWithoutValuesSaysSo() {
    Axis axis = Axis.over("y", List.of(), (value, _) -> Double.toString(value));
    String svg = ChartSvg.draw(new Plot(axis, axis, List.of(), Plot.Style.CURVE), "t", "one");
    assertThat(svg).contains("no values yet");
  }

  @Test
  void textIsMeasuredWithoutFonts() {
    PlainFont font = new PlainFont(10);
    assertThat(font.width("")).isZero();
    assertThat(font.width("00")).isEqualTo(2 * 5.56);
    assertThat(font.width("漢")).isEqualTo(10);
    assertThat(font.metrics().getHeight()).isEqualTo(10);
  }
}
