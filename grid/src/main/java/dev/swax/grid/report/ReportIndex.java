package dev.swax.grid.report;

import dev.swax.grid.result.Expectation;
import dev.swax.grid.result.Expectation.Verdict;
import dev.swax.grid.result.GridResult;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One page over the reports of several grids, each in a folder of its name.
 *
 * @param title of the page
 * @param all how many cells the grids need together; what they share counts once
 */
public record ReportIndex(String title, List<Item> items, Done all) {
  public ReportIndex {
    items = List.copyOf(items);
  }

  /** A grid, and how much of it is there. */
  public record Item(GridResult result, Done done) {}

  /** Cells with a result, of so many. */
  public record Done(long cells, long of) {
    String sentence() {
      return of == 0 ? "nothing to compute" : "%d of %d".formatted(cells, of);
    }
  }

  /** Writes {@code index.html} and {@code index.md}; files of these names are replaced. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    NewFile.write(folder.resolve("index.html"), html());
    NewFile.write(folder.resolve("index.md"), markdown());
  }

  private String html() {
    Markup html = HtmlPage.open(title);
    html.open("div", "class", "scroll").open("table").newLine();
    html.open("thead").open("tr").element("td", "");
    html.element("th", "cells done", "scope", "col").element("th", "expectations", "scope", "col");
    html.close().close().newLine().open("tbody").newLine();
    for (Item item : items) {
      html.open("tr").open("th", "scope", "row");
      html.element("a", item.result().title(), "href", item.result().name() + "/report.html");
      html.close().element("td", item.done().sentence());
      html.element("td", expectations(item.result())).close().newLine();
    }
    html.close().close().close().newLine();
    html.element("p", summary(), "class", "legend").newLine();
    return HtmlPage.close(html);
  }

  private String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("# " + MarkdownReport.escape(title));
    lines.add("");
    lines.add("| | cells done | expectations |");
    lines.add("|:---|---:|---:|");
    for (Item item : items) {
      lines.add(
          "| [%s](%s/report.md) | %s | %s |"
              .formatted(
                  MarkdownReport.escape(item.result().title()),
                  item.result().name(),
                  item.done().sentence(),
                  expectations(item.result())));
    }
    lines.add("");
    lines.add(summary());
    return String.join("\n", lines) + "\n";
  }

  private String summary() {
    return "All together: %s. What grids share counts once.".formatted(all.sentence());
  }

  /** "2 met, 1 NOT met". */
  private static String expectations(GridResult result) {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count =
          result.expectations().stream().map(Expectation::verdict).filter(verdict::equals).count();
      if (count > 0) {
        counts.add("%d %s".formatted(count, verdict.text()));
      }
    }
    return String.join(", ", counts);
  }
}
