package dev.swax.grid.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * How series are told apart: by colour, by mark and by dashes, so that colour alone never decides.
 * Every colour has a twin for dark grounds; both have a contrast of at least 3 to their ground.
 */
final class Palette {
  /** A colour on a light ground and its twin on a dark one. */
  record Twin(String light, String dark) {
    Color color() {
      return Color.decode(light);
    }
  }

  static final Twin TEXT = new Twin("#1c2430", "#e6eaf0");
  static final Twin QUIET = new Twin("#5a6675", "#a1acba");
  static final Twin GRID = new Twin("#d5dbe3", "#333d4a");

  private static final List<Twin> SERIES =
      List.of(
          new Twin("#0072b2", "#5cb8ff"),
          new Twin("#c44e00", "#ff9c5a"),
          new Twin("#00795b", "#4fd1a5"),
          new Twin("#a8327a", "#f28cc6"),
          new Twin("#8a6a00", "#e3c04d"),
          new Twin("#4a4a4a", "#c8cdd4"),
          new Twin("#5a5fc7", "#a5a9ff"),
          new Twin("#2a7f92", "#6fd3e0"));

  private static final float[][] DASHES = {null, {7, 3}, {2, 3}, {9, 3, 2, 3}};

  /** Widths of lines. */
  static final float WIDE = 2f;

  static final float THIN = 1.4f;
  static final float FINE = 0.9f;

  private static final double SIZE = 8;

  private Palette() {}

  static List<Twin> all() {
    List<Twin> all = new ArrayList<>(List.of(TEXT, QUIET, GRID));
    all.addAll(SERIES);
    return List.copyOf(all);
  }

  static Color series(int identity) {
    return SERIES.get(identity % SERIES.size()).color();
  }

  static Stroke line(int identity, float width) {
    int round = identity / SERIES.size(); // each round through the colours has other dashes
    float[] dash = DASHES[(identity + round) % DASHES.length];
    return dash == null
        ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  static Stroke thin() {
    return new BasicStroke(1.2f);
  }

  static Shape mark(int identity) {
    double half = SIZE / 2;
    return switch (identity % 5) {
      case 0 -> new Ellipse2D.Double(-half, -half, SIZE, SIZE);
      case 1 -> new Rectangle2D.Double(-half * 0.9, -half * 0.9, SIZE * 0.9, SIZE * 0.9);
      case 2 -> polygon(0, -half * 1.2, half * 1.2, half, -half * 1.2, half);
      case 3 -> polygon(0, -half * 1.3, half * 1.3, 0, 0, half * 1.3, -half * 1.3, 0);
      default -> polygon(0, half * 1.2, half * 1.2, -half, -half * 1.2, -half);
    };
  }

  private static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
