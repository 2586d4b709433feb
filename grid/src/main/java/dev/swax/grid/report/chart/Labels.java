package dev.swax.grid.report.chart;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.ui.TextAnchor;

/**
 * Places the names of points: above or below, to the right or left, the first place that covers no
 * other point and no other name, and does not leave the plot.
 */
final class Labels {
  /** Where a name stands, in the plot's coordinates. */
  record Place(double x, double y, TextAnchor anchor) {}

  private static final double GAP = 5;
  private static final double LEFT = 60;
  private static final double AROUND = 90;

  private final Plot plot;
  private final PlainFont font;
  private final double width;
  private final double height;
  private final List<Rectangle2D> taken = new ArrayList<>();

  /** {@code width} and {@code height} are those of the whole drawing. */
  Labels(Plot plot, PlainFont font, double width, double height) {
    this.plot = plot;
    this.font = font;
    this.width = width - LEFT;
    this.height = height - AROUND;
  }

  Place place(List<Plot.Point> points, int index, String label) {
    Plot.Point point = points.get(index);
    double x = pixelsX(point);
    double y = pixelsY(point);
    double length = font.width(label);
    double size = font.getSize2D();
    List<Rectangle2D> boxes =
        List.of(
            new Rectangle2D.Double(x + GAP, y - GAP - size, length, size),
            new Rectangle2D.Double(x + GAP, y + GAP, length, size),
            new Rectangle2D.Double(x - GAP - length, y - GAP - size, length, size),
            new Rectangle2D.Double(x - GAP - length, y + GAP, length, size));
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < boxes.size(); i++) {
      double overlap = overlap(boxes.get(i), points, index);
      if (overlap < least) {
        best = i;
        least = overlap;
      }
    }
    taken.add(boxes.get(best));
    return at(point, best);
  }

  private Place at(Plot.Point point, int side) {
    double dx = GAP * (plot.x().upper() - plot.x().lower()) / width;
    double dy = GAP * (plot.y().upper() - plot.y().lower()) / height;
    return switch (side) {
      case 0 -> new Place(point.x() + dx, point.y() + dy, TextAnchor.BOTTOM_LEFT);
      case 1 -> new Place(point.x() + dx, point.y() - dy, TextAnchor.TOP_LEFT);
      case 2 -> new Place(point.x() - dx, point.y() + dy, TextAnchor.BOTTOM_RIGHT);
      default -> new Place(point.x() - dx, point.y() - dy, TextAnchor.TOP_RIGHT);
    };
  }

  private double overlap(Rectangle2D box, List<Plot.Point> points, int self) {
    Rectangle2D inside = box.createIntersection(new Rectangle2D.Double(0, 0, width, height));
    double overlap = area(box) - area(inside);
    for (Rectangle2D other : taken) {
      overlap += area(box.createIntersection(other));
    }
    for (int i = 0; i < points.size(); i++) {
      double x = pixelsX(points.get(i));
      double y = pixelsY(points.get(i));
      Rectangle2D mark = new Rectangle2D.Double(x - GAP, y - GAP, 2 * GAP, 2 * GAP);
      overlap += i == self ? 0 : area(box.createIntersection(mark));
    }
    return overlap;
  }

  private static double area(Rectangle2D box) {
    return box.isEmpty() ? 0 : box.getWidth() * box.getHeight();
  }

  private double pixelsX(Plot.Point point) {
    return (point.x() - plot.x().lower()) / (plot.x().upper() - plot.x().lower()) * width;
  }

  private double pixelsY(Plot.Point point) {
    return (plot.y().upper() - point.y()) / (plot.y().upper() - plot.y().lower()) * height;
  }
}
