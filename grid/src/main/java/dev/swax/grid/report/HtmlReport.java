package dev.swax.grid.report;

import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.TrainedRun;
import java.util.List;

/** One page that needs nothing outside itself: its style and its figures are in it, no scripts. */
final class HtmlReport {
  private HtmlReport() {}

  static String of(Report report) {
    GridResult result = report.result();
    Markup html = HtmlPage.open(result.title());
    HtmlTable.append(html, report.table(), result.title());
    appendList(html, report.table().legend(), "legend");
    appendSection(html, "Expectations", Phrases.expectations(result));
    appendSection(html, "Notes", result.notes());
    appendSection(html, "Failed", Phrases.failures(result));
    appendSection(html, "Not applicable", Phrases.notApplicable(result));
    appendSection(html, "Missing", result.missing());
    appendFigures(html, report.drawings());
    appendSection(html, "Assumptions", result.assumptions());
    appendRuns(html, result.runs());
    return HtmlPage.close(html);
  }

  private static void appendSection(Markup html, String heading, List<String> items) {
    if (!items.isEmpty()) {
      html.element("h2", heading).newLine();
      appendList(html, items, "list");
    }
  }

  private static void appendList(Markup html, List<String> items, String style) {
    if (items.isEmpty()) {
      return;
    }
    html.open("ul", "class", style).newLine();
    items.forEach(item -> html.element("li", item).newLine());
    html.close().newLine();
  }

  private static void appendFigures(Markup html, List<Report.Drawing> drawings) {
    if (drawings.isEmpty()) {
      return;
    }
    html.element("h2", "Figures").newLine();
    html.open("div", "class", "figures").newLine();
    for (Report.Drawing drawing : drawings) {
      html.open("figure").newLine();
      if (drawing.folded()) {
        html.open("details").element("summary", drawing.title()).newLine();
        html.raw(drawing.svg()).close().newLine().open("figcaption");
      } else {
        html.raw(drawing.svg()).newLine();
        html.open("figcaption").element("strong", drawing.title());
      }
      if (!drawing.caption().isEmpty()) {
        html.text(" " + drawing.caption());
      }
      html.close().newLine().close().newLine();
    }
    html.close().newLine();
  }

  private static void appendRuns(Markup html, List<TrainedRun> runs) {
    if (runs.isEmpty()) {
      return;
    }
    html.element("h2", "Training runs").newLine();
    for (TrainedRun run : runs) {
      String manifest = run.manifest();
      if (manifest == null) {
        html.element("div", Phrases.runWithFacts(run), "class", "run").newLine();
        continue;
      }
      html.open("details").element("summary", Phrases.runWithFacts(run));
      html.element("pre", manifest.strip()).close().newLine();
    }
  }
}
