package dev.swax.grid.report;

import dev.swax.grid.report.chart.ChartSvg;
import dev.swax.grid.result.Column;
import dev.swax.grid.result.Figure;
import dev.swax.grid.result.GridResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws every figure that a grid asks for. */
final class Drawings {
  private static final int LONGEST_NAME = 60;

  private Drawings() {}

  static List<Report.Drawing> of(GridResult result) {
    FigurePlots plots = new FigurePlots(result);
    List<Report.Drawing> drawings = new ArrayList<>();
    for (Figure figure : result.figures()) {
      for (FigurePlots.Titled titled : plots(figure, plots, result)) {
        int number = drawings.size() + 1;
        String title = Characters.printable(titled.title());
        drawings.add(
            new Report.Drawing(
                String.format(Locale.ROOT, "%02d%s.svg", number, nameEnd(title)),
                title,
                titled.caption(),
                ChartSvg.draw(titled.plot(), title, "figure" + number)));
      }
    }
    return drawings;
  }

  private static List<FigurePlots.Titled> plots(
      Figure figure, FigurePlots plots, GridResult result) {
    return switch (figure) {
      case Figure.AgainstRows(String title, String axis, List<Integer> rows) ->
          plots.againstRows(title, axis, rows);
      case Figure.AgainstColumns(String title, String axis, List<Integer> rows) ->
          plots.againstColumns(title, axis, rows);
      case Figure.Scatter(String title, int x, int y) -> List.of(plots.scatter(title, x, y));
      case Figure.LossCurves(String title) -> List.of(curves(title, result));
    };
  }

  private static FigurePlots.Titled curves(String title, GridResult result) {
    List<String> columns = result.columns().stream().map(Column::label).toList();
    return LossPlots.plot(title, columns, result.runs());
  }

  /** The letters and digits of a title, as any file system takes them. */
  private static String nameEnd(String title) {
    String plain =
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    return cut.isEmpty() ? "" : "-" + cut;
  }
}
