package dev.swax.grid.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.XYDataset;

/**
 * Draws bars where there is a spread, and only there: bars without length would look like marks.
 */
final class SpreadRenderer extends XYErrorRenderer {
  private static final long serialVersionUID = 1L;

  @Override
  public void drawItem(
      Graphics2D graphics,
      XYItemRendererState state,
      Rectangle2D area,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis across,
      ValueAxis up,
      XYDataset dataset,
      int series,
      int item,
      CrosshairState crosshair,
      int pass) {
    if (dataset instanceof IntervalXYDataset values) {
      setDrawXError(values.getEndXValue(series, item) > values.getStartXValue(series, item));
      setDrawYError(values.getEndYValue(series, item) > values.getStartYValue(series, item));
    }
    super.drawItem(
        graphics, state, area, info, plot, across, up, dataset, series, item, crosshair, pass);
  }
}
