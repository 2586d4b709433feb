package dev.swax.grid.report.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;

/**
 * A sans-serif font whose measures come from a table, not from the fonts of this machine: a figure
 * is laid out the same everywhere, and where no font is installed at all. The widths are those of
 * Helvetica and the fonts made to its measures.
 */
final class PlainFont extends Font {
  private static final long serialVersionUID = 1L;

  /** Of the characters from space to tilde, in thousandths of the size. */
  private static final int[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
  };

  private static final int OTHER = 600;
  private static final int IDEOGRAPH = 1000;
  private static final double ASCENT = 0.76;
  private static final double DESCENT = 0.24;

  PlainFont(int size) {
    super(Font.SANS_SERIF, Font.PLAIN, size);
  }

  double width(String text) {
    int sum = text.codePoints().map(PlainFont::thousandths).sum();
    return sum * getSize2D() / 1000.0;
  }

  private static int thousandths(int c) {
    if (c >= ' ' && c <= '~') {
      return WIDTHS[c - ' '];
    }
    return Character.isIdeographic(c) ? IDEOGRAPH : OTHER;
  }

  @Override
  public Rectangle2D getStringBounds(String text, FontRenderContext context) {
    return bounds(text);
  }

  private Rectangle2D bounds(String text) {
    double height = getSize2D();
    return new Rectangle2D.Double(0, -ASCENT * height, width(text), height);
  }

  @Override
  public LineMetrics getLineMetrics(String text, FontRenderContext context) {
    return new Lines(text.length(), getSize2D());
  }

  FontMetrics metrics() {
    return new Metrics(this);
  }

  private static final class Metrics extends FontMetrics {
    private static final long serialVersionUID = 1L;
    private final transient PlainFont plain;

    Metrics(PlainFont font) {
      super(font);
      this.plain = font;
    }

    @Override
    public int stringWidth(String text) {
      return (int) Math.round(plain.width(text));
    }

    @Override
    public int charWidth(char c) {
      return stringWidth(String.valueOf(c));
    }

    @Override
    public int charsWidth(char[] data, int offset, int length) {
      return stringWidth(new String(data, offset, length));
    }

    @Override
    public int getAscent() {
      return (int) Math.round(ASCENT * plain.getSize());
    }

    @Override
    public int getDescent() {
      return plain.getSize() - getAscent();
    }

    @Override
    public Rectangle2D getStringBounds(String text, Graphics context) {
      return plain.bounds(text);
    }
  }

  private static final class Lines extends LineMetrics {
    private final int characters;
    private final float size;

    Lines(int characters, float size) {
      this.characters = characters;
      this.size = size;
    }

    @Override
    public int getNumChars() {
      return characters;
    }

    @Override
    public float getAscent() {
      return (float) (ASCENT * size);
    }

    @Override
    public float getDescent() {
      return (float) (DESCENT * size);
    }

    @Override
    public float getLeading() {
      return 0;
    }

    @Override
    public float getHeight() {
      return size;
    }

    @Override
    public int getBaselineIndex() {
      return Font.ROMAN_BASELINE;
    }

    @Override
    public float[] getBaselineOffsets() {
      return new float[] {0, -getAscent() / 2, -getAscent()};
    }

    @Override
    public float getStrikethroughOffset() {
      return -getAscent() / 3;
    }

    @Override
    public float getStrikethroughThickness() {
      return size / 20;
    }

    @Override
    public float getUnderlineOffset() {
      return size / 10;
    }

    @Override
    public float getUnderlineThickness() {
      return size / 20;
    }
  }
}
