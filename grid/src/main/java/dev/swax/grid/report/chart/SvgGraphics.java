package dev.swax.grid.report.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;

/** Writes SVG, and measures text by {@link PlainFont} only. */
final class SvgGraphics extends SVGGraphics2D {
  SvgGraphics(Document document) {
    super(document);
  }

  private SvgGraphics(SvgGraphics other) {
    super(other);
  }

  @Override
  public Graphics create() {
    return new SvgGraphics(this);
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return font instanceof PlainFont plain
        ? plain.metrics()
        : new PlainFont(font.getSize()).metrics();
  }
}
