package dev.swax.grid.report.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;

/** Writes SVG with hundredths of a pixel, and measures text by {@link PlainFont} only. */
final class SvgGraphics extends SVGGraphics2D {
  private static final int DECIMALS = 2;

  SvgGraphics(Document document) {
    super(context(document), false);
  }

  private static SVGGeneratorContext context(Document document) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setPrecision(DECIMALS);
    return context;
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
