package dev.swax.grid.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis whose labels are given, in the look of the page. */
final class FixedAxis extends NumberAxis {
  private static final long serialVersionUID = 1L;

  private final transient Axis axis;

  FixedAxis(Axis axis, PlainFont font, boolean labelled) {
    super(labelled ? axis.label() : null);
    this.axis = axis;
    setRange(axis.lower(), axis.upper());
    setLabelFont(font);
    setTickLabelFont(font);
    setLabelPaint(Palette.TEXT.color());
    setTickLabelPaint(Palette.QUIET.color());
    setAxisLinePaint(Palette.QUIET.color());
    setTickMarkPaint(Palette.QUIET.color());
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TextAnchor anchor =
        RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    return axis.ticks().stream()
        .map(tick -> new NumberTick(tick.position(), tick.label(), anchor, anchor, 0))
        .toList();
  }
}
