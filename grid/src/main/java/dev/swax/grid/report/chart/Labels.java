package dev.swax.grid.report.chart;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jfree.chart.ui.TextAnchor;

/**
 * Places the names of points: above or below, to the right or left, near before far, where they
 * cover the least of other points and names and stay in the plot.
 */
final class Labels {
  /** Where a name stands, in the plot's coordinates. */
  record Place(double x, double y, TextAnchor anchor) {}

  private static final double GAP = 5;

  /** Less overlap than this, in square pixels, is no reason to go further away. */
  private static final double LITTLE = 1;

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
    Offset best = Offset.ALL.getFirst();
    double least = Double.POSITIVE_INFINITY;
    for (Offset offset : Offset.ALL) {
      double overlap = overlap(box(point, offset, label), points, index);
      if (overlap < least - LITTLE) {
        best = offset;
        least = overlap;
      }
    }
    taken.add(box(point, best, label));
    return at(point, best);
  }

  /** On which side of its point a name begins, and how many lines further above or below. */
  private record Offset(boolean right, boolean above, int lines) {
    /** The nearer ones first. */
    static final List<Offset> ALL =
        IntStream.range(0, 3)
            .boxed()
            .flatMap(lines ->
                Stream.of(
                    new Offset(true, true, lines),
                    new Offset(true, false, lines),
                    new Offset(false, true, lines),
                    new Offset(false, false, lines)))
            .toList();
  }

  private Rectangle2D box(Plot.Point point, Offset offset, String label) {
    double length = font.width(label);
    double size = font.getSize2D();
    double x = pixelsX(point) + (offset.right() ? GAP : -GAP - length);
    double away = GAP + offset.lines() * size;
    double y = pixelsY(point) + (offset.above() ? -away - size : away);
    return new Rectangle2D.Double(x, y, length, size);
  }

  private Place at(Plot.Point point, Offset offset) {
    double away = GAP + offset.lines() * font.getSize2D();
    double dx = GAP * (plot.x().upper() - plot.x().lower()) / width;
    double dy = away * (plot.y().upper() - plot.y().lower()) / height;
    double x = point.x() + (offset.right() ? dx : -dx);
    double y = point.y() + (offset.above() ? dy : -dy);
    TextAnchor anchor =
        offset.right()
            ? offset.above() ? TextAnchor.BOTTOM_LEFT : TextAnchor.TOP_LEFT
            : offset.above() ? TextAnchor.BOTTOM_RIGHT : TextAnchor.TOP_RIGHT;
    return new Place(x, y, anchor);
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
