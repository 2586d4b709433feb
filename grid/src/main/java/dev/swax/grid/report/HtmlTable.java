package dev.swax.grid.report;

/** A table as HTML, in a box of its own that scrolls. */
final class HtmlTable {
  private static final int FIT_ON_A_PAGE = 10;

  private HtmlTable() {}

  static void append(Markup html, Table table, String title) {
    if (table.columns().size() > 1) {
      html.element("p", "The table scrolls sideways.", "class", hint(table)).newLine();
    }
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title);
    html.open("table").newLine().open("thead").open("tr");
    html.element("td", "");
    table.columns().forEach(label -> html.element("th", label, "scope", "col"));
    html.close().close().newLine().open("tbody").newLine();
    table.lines().forEach(line -> append(html, line));
    html.close().close().close().newLine();
  }

  /** It is shown where so many columns are wider than the page. */
  private static String hint(Table table) {
    return table.columns().size() > FIT_ON_A_PAGE ? "hint wide" : "hint";
  }

  private static void append(Markup html, Table.Line line) {
    html.open("tr").open("th", "scope", "row").text(line.head());
    if (!line.counts().isEmpty()) {
      html.element("small", line.count());
    }
    html.close();
    line.cells().forEach(cell -> append(html, cell));
    html.close().newLine();
  }

  private static void append(Markup html, Cell cell) {
    switch (cell) {
      case Cell.Numeric number -> {
        html.open("td").element(number.best() ? "b" : "span", number.value());
        if (number.spread() != null) {
          html.element("span", " ± " + number.spread(), "class", "spread");
        }
        number.details().forEach(detail -> html.element("small", detail));
      }
      case Cell.Words words ->
          html.open("td", "class", style(words.kind())).element("em", words.text());
    }
    Cell.Compared compared = cell.compared();
    if (compared != null) {
      html.element("small", Phrases.compared(compared), "class", style(compared.verdict()));
    }
    html.close();
  }

  private static String style(Cell.Kind kind) {
    return switch (kind) {
      case FAILED -> "failed";
      case NOT_RUN -> "not-run";
      case NOT_APPLICABLE -> "none";
    };
  }

  private static String style(Comparison.Verdict verdict) {
    return switch (verdict) {
      case WITHIN -> "ref within";
      case OUTSIDE -> "ref outside";
      case OPEN -> "ref";
    };
  }
}
