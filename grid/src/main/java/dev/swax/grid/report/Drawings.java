package dev.swax.grid.report;

import dev.swax.grid.report.chart.ChartSvg;
import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.Column;
import dev.swax.grid.result.Figure;
import dev.swax.grid.result.GridResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Draws every figure that a grid asks for. */
final class Drawings {
  private static final int LONGEST_NAME = 60;
  private static final String PANELS =
      "Up: %s. The axes are those of the plot of all; one line a run.";

  private Drawings() {}

  static List<Report.Drawing> of(GridResult result) {
    FigurePlots plots = new FigurePlots(result);
    List<Report.Drawing> drawings = new ArrayList<>();
    for (Figure figure : result.figures()) {
      for (FigurePlots.Titled titled : plots(figure, plots, result)) {
        String name = "figure" + (drawings.size() + 1);
        String title = Characters.printable(titled.title());
        String svg = ChartSvg.draw(titled.plot(), title, name);
        drawings.add(drawing(drawings.size() + 1, title, titled.caption(), svg, false));
      }
      if (figure instanceof Figure.Curves(String title, var course)) {
        addPanels(
            drawings,
            Characters.printable(title) + ", column by column",
            new CoursePlots(course, columns(result), result.runs()));
      }
    }
    return drawings;
  }

  private static void addPanels(List<Report.Drawing> drawings, String title, CoursePlots plots) {
    SequencedMap<String, Plot> panels = plots.panels();
    if (!panels.isEmpty()) {
      int number = drawings.size() + 1;
      String svg = ChartSvg.draw(panels, title, "figure" + number);
      drawings.add(drawing(number, title, PANELS.formatted(plots.up()), svg, true));
    }
  }

  private static Report.Drawing drawing(
      int number, String title, String caption, String svg, boolean folded) {
    String file = String.format(Locale.ROOT, "%02d%s.svg", number, nameEnd(title));
    return new Report.Drawing(file, title, caption, svg, folded);
  }

  private static List<FigurePlots.Titled> plots(
      Figure figure, FigurePlots plots, GridResult result) {
    return switch (figure) {
      case Figure.AgainstRows(String title, String axis, String quantity, List<Integer> rows) ->
          plots.againstRows(title, new FigurePlots.Across(axis, quantity), rows);
      case Figure.AgainstColumns(String title, String axis, String quantity, List<Integer> rows) ->
          plots.againstColumns(title, new FigurePlots.Across(axis, quantity), rows);
      case Figure.Scatter(String title, int x, int y) -> List.of(plots.scatter(title, x, y));
      case Figure.Curves(String title, var course) ->
          List.of(new CoursePlots(course, columns(result), result.runs()).plot(title));
    };
  }

  private static List<String> columns(GridResult result) {
    return result.columns().stream().map(Column::label).toList();
  }

  /** The letters and digits of a title, as any file system takes them. */
  private static String nameEnd(String title) {
    String plain =
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    return cut.isEmpty() ? "" : "-" + cut;
  }
}
