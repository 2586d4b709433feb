package dev.swax.grid.report.chart;

import java.util.List;

/**
 * What a figure shows, scaled: positions are what the axes count in, their ticks say what stands
 * there.
 */
public record Plot(Axis x, Axis y, List<Series> series, Style style) {
  public Plot {
    series = List.copyOf(series);
  }

  /** How a series is drawn. */
  public enum Style {
    /** Points with their spread, joined. */
    MEASURED,
    /** A plain line. */
    CURVE,
    /** Points with their spread and their series' name beside them. */
    LABELLED
  }

  /**
   * Points of one colour and one mark.
   *
   * @param identity series of the same identity look alike, and the legend shows the first
   * @param band whether its bars are joined to a band
   */
  public record Series(String label, int identity, Look look, List<Point> points, boolean band) {
    public Series(String label, int identity, Look look, List<Point> points) {
      this(label, identity, look, points, false);
    }

    public Series {
      points = List.copyOf(points);
    }

    /** Whether these are values printed elsewhere. */
    public boolean printed() {
      return look == Look.PRINTED;
    }
  }

  /** What a series is. */
  public enum Look {
    OURS,
    /** Values printed elsewhere: thin, with hollow marks. */
    PRINTED,
    /** One value that holds all along the axis: thin, without marks. */
    LEVEL
  }

  /**
   * One point; NaN as {@code y} interrupts its line.
   *
   * @param spreadX half the length of its horizontal bar, 0 for none
   * @param low end of its vertical bar, {@code y} for none
   * @param high end of its vertical bar, {@code y} for none
   */
  public record Point(double x, double y, double spreadX, double low, double high) {
    /** Whose vertical bar has its middle in the point. */
    public Point(double x, double y, double spreadX, double spreadY) {
      this(x, y, spreadX, y - spreadY, y + spreadY);
    }
  }
}
