package dev.swax.grid.report.chart;

import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Sets up the library's chart for a plot: no ground, the vertical axis' label above it. */
final class ChartBuilder {
  /** More of them than this are drawn finer. */
  private static final int MANY_CURVES = 6;

  /** How dense the ground of a band is. */
  private static final float BAND = 0.15f;

  private final Plot plot;
  private final PlainFont font;
  private final boolean labelled;

  ChartBuilder(Plot plot, PlainFont font) {
    this.plot = plot;
    this.font = font;
    this.labelled = plot.style() == Plot.Style.LABELLED;
  }

  JFreeChart chart(double width, double height) {
    XYPlot area = area();
    area.setFixedLegendItems(legendItems());
    if (labelled) {
      annotate(area, width, height);
    }
    JFreeChart chart = chart(area, plot.y().label());
    if (!labelled) {
      chart.addLegend(legend(area));
    }
    return chart;
  }

  /** One of several beside each other: with its own heading, and no legend. */
  JFreeChart panel(String heading) {
    return chart(area(), heading);
  }

  private JFreeChart chart(XYPlot area, String heading) {
    JFreeChart chart = new JFreeChart(null, font, area, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(new RectangleInsets(4, 4, 4, 10));
    chart.addSubtitle(heading(heading));
    return chart;
  }

  private XYPlot area() {
    XYPlot area =
        new XYPlot(
            dataset(false),
            new FixedAxis(plot.x(), font, true),
            new FixedAxis(plot.y(), font, false),
            renderer());
    if (plot.series().stream().anyMatch(Plot.Series::band)) {
      area.setDataset(1, dataset(true));
      area.setRenderer(1, bandRenderer());
    }
    area.setBackgroundPaint(null);
    area.setOutlinePaint(null);
    area.setDomainGridlinesVisible(labelled);
    area.setDomainGridlinePaint(Palette.GRID.color());
    area.setDomainGridlineStroke(Palette.thin());
    area.setRangeGridlinePaint(Palette.GRID.color());
    area.setRangeGridlineStroke(Palette.thin());
    area.setNoDataMessage("no values yet");
    area.setNoDataMessageFont(font);
    area.setNoDataMessagePaint(Palette.QUIET.color());
    return area;
  }

  /**
   * Our values, or the bands around them.
   *
   * @param bands whether the ends of bands are wanted, which are drawn by themselves
   */
  private XYIntervalSeriesCollection dataset(boolean bands) {
    XYIntervalSeriesCollection dataset = new XYIntervalSeriesCollection();
    for (Plot.Series series : plot.series()) {
      XYIntervalSeries values = new XYIntervalSeries(series.label(), false, true);
      for (Plot.Point point : series.points()) {
        double x = point.x();
        double y = point.y();
        values.add(
            x,
            x - point.spreadX(),
            x + point.spreadX(),
            y,
            series.band() && !bands ? y : point.low(),
            series.band() && !bands ? y : point.high());
      }
      dataset.addSeries(values);
    }
    return dataset;
  }

  private SpreadRenderer renderer() {
    SpreadRenderer renderer = new SpreadRenderer();
    boolean marks = plot.style() != Plot.Style.CURVE;
    renderer.setDrawSeriesLineAsPath(true); // else each step is an element, and dashes start anew
    renderer.setErrorStroke(Palette.thin());
    renderer.setCapLength(5);
    for (int i = 0; i < plot.series().size(); i++) {
      Plot.Series series = plot.series().get(i);
      int identity = series.identity();
      renderer.setSeriesShapesFilled(i, !series.printed());
      renderer.setSeriesLinesVisible(i, !labelled);
      renderer.setSeriesShapesVisible(i, marks && series.look() != Plot.Look.LEVEL);
      renderer.setSeriesPaint(i, Palette.series(identity));
      renderer.setSeriesShape(i, Palette.mark(identity));
      renderer.setSeriesStroke(i, line(series));
    }
    return renderer;
  }

  /** Only the grounds of bands: lines and marks are those of the other renderer. */
  private DeviationRenderer bandRenderer() {
    DeviationRenderer renderer = new DeviationRenderer(false, false);
    renderer.setAlpha(BAND);
    for (int i = 0; i < plot.series().size(); i++) {
      Plot.Series series = plot.series().get(i);
      renderer.setSeriesVisible(i, series.band());
      renderer.setSeriesFillPaint(i, Palette.series(series.identity()));
    }
    return renderer;
  }

  private Stroke line(Plot.Series series) {
    if (plot.style() == Plot.Style.CURVE && plot.series().size() > MANY_CURVES) {
      return Palette.line(series.identity(), Palette.FINE);
    }
    boolean thin = plot.style() == Plot.Style.CURVE || series.look() != Plot.Look.OURS;
    return Palette.line(series.identity(), thin ? Palette.THIN : Palette.WIDE);
  }

  private LegendItemCollection legendItems() {
    LegendItemCollection items = new LegendItemCollection();
    Set<String> shown = new LinkedHashSet<>();
    for (Plot.Series series : plot.series()) {
      int identity = series.identity();
      if (shown.add(identity + (series.printed() ? " printed" : ""))) {
        items.add(
            new LegendItem(
                series.label(),
                null,
                null,
                null,
                plot.style() != Plot.Style.CURVE && series.look() != Plot.Look.LEVEL,
                Palette.mark(identity),
                !series.printed(),
                Palette.series(identity),
                series.printed(),
                Palette.series(identity),
                Palette.thin(),
                true,
                new Line2D.Double(-14, 0, 14, 0),
                line(series),
                Palette.series(identity)));
      }
    }
    return items;
  }

  private LegendTitle legend(XYPlot area) {
    LegendTitle legend = new LegendTitle(area);
    legend.setItemFont(font);
    legend.setItemPaint(Palette.TEXT.color());
    legend.setBackgroundPaint(null);
    legend.setFrame(BlockBorder.NONE);
    legend.setLegendItemGraphicPadding(new RectangleInsets(2, 12, 2, 5));
    legend.setItemLabelPadding(new RectangleInsets(2, 2, 2, 8));
    legend.setPosition(RectangleEdge.BOTTOM);
    return legend;
  }

  private TextTitle heading(String text) {
    TextTitle title = new TextTitle(text, font);
    title.setPaint(Palette.TEXT.color());
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setPadding(2, 4, 4, 2);
    return title;
  }

  private void annotate(XYPlot area, double width, double height) {
    List<Plot.Point> points = new ArrayList<>();
    List<Plot.Series> owners = new ArrayList<>();
    for (Plot.Series series : plot.series()) {
      series.points().stream()
          .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
          .forEach(point -> {
            points.add(point);
            owners.add(series);
          });
    }
    Labels placed = new Labels(plot, font, width, height);
    for (int i = 0; i < points.size(); i++) {
      Plot.Series owner = owners.get(i);
      if (owner.label().isEmpty()) {
        continue;
      }
      Labels.Place place = placed.place(points, i, owner.label());
      XYTextAnnotation text = new XYTextAnnotation(owner.label(), place.x(), place.y());
      text.setFont(font);
      text.setPaint(Palette.series(owner.identity()));
      text.setTextAnchor(place.anchor());
      area.addAnnotation(text);
    }
  }
}
