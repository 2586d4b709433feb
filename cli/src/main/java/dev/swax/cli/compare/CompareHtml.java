package dev.swax.cli.compare;

import dev.swax.grid.report.HtmlPage;
import dev.swax.grid.report.Markup;
import dev.swax.grid.report.chart.ChartSvg;
import dev.swax.grid.report.chart.Plot;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A comparison as one page that needs nothing outside itself: no scripts, its charts are in it. */
public final class CompareHtml {
  private final Comparison comparison;
  private final Markup html;

  private CompareHtml(Comparison comparison) {
    this.comparison = comparison;
    this.html = HtmlPage.open("Comparison of runs");
  }

  /** Writes it. */
  public static String of(Comparison comparison) {
    return new CompareHtml(comparison).write();
  }

  private String write() {
    List<Comparison.Setting> differing =
        comparison.settings().stream().filter(Comparison.Setting::differs).toList();
    html.element("h2", "Results").newLine();
    results();
    html.element("h2", "Settings that differ").newLine();
    if (differing.isEmpty()) {
      html.element("p", "None.").newLine();
    } else {
      settings("Settings that differ", differing);
    }
    notes();
    curves();
    html.element("h2", "All settings").newLine();
    html.open("details").element("summary", "%d settings".formatted(comparison.settings().size()));
    settings("All settings", comparison.settings());
    html.close().newLine();
    return HtmlPage.close(html);
  }

  private void results() {
    openTable("Results");
    for (Result result : comparison.results()) {
      html.open("tr").element("th", result.name(), "scope", "row");
      for (int run = 0; run < result.values().size(); run++) {
        html.open("td").element(run == result.best() ? "b" : "span", Numbers.text(result, run));
        html.close();
      }
      html.close().newLine();
    }
    closeTable();
    html.element(
        "p",
        "Bold: the best of a row. In brackets: how much more or less than the first run.",
        "class",
        "legend");
    html.newLine();
  }

  private void settings(String title, List<Comparison.Setting> settings) {
    openTable(title);
    for (Comparison.Setting setting : settings) {
      html.open("tr").element("th", setting.path(), "scope", "row");
      setting.values().forEach(value -> html.element("td", value));
      html.close().newLine();
    }
    closeTable();
  }

  private void openTable(String title) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title);
    html.open("table").newLine().open("thead").open("tr").element("td", "");
    comparison.labels().forEach(label -> html.element("th", label, "scope", "col"));
    html.close().close().newLine().open("tbody").newLine();
  }

  private void closeTable() {
    html.close().close().close().newLine();
  }

  private void notes() {
    List<String> notes = comparison.notes();
    if (!notes.isEmpty()) {
      html.element("h2", "Notes").newLine().open("ul", "class", "list").newLine();
      notes.forEach(note -> html.element("li", note).newLine());
      html.close().newLine();
    }
  }

  private void curves() {
    SequencedMap<String, Plot> plots = CurvePlots.of(comparison.runs());
    if (plots.isEmpty()) {
      return;
    }
    html.element("h2", "Curves").newLine().open("div", "class", "figures").newLine();
    int number = 0;
    for (Map.Entry<String, Plot> plot : plots.entrySet()) {
      number++;
      html.open("figure").newLine();
      html.raw(ChartSvg.draw(plot.getValue(), plot.getKey(), "curve" + number)).newLine();
      html.open("figcaption").element("strong", plot.getKey());
      html.text(" against tokens of training. Long curves are means over neighbouring steps.");
      html.close().newLine().close().newLine();
    }
    html.close().newLine();
  }
}
