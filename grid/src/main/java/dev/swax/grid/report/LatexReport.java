package dev.swax.grid.report;

import java.util.ArrayList;
import java.util.List;

/** The table as a LaTeX document that compiles by itself: booktabs, no wider than the page. */
final class LatexReport {
  private static final String OPENING =
      """
      \\documentclass{article}
      \\usepackage[utf8]{inputenc}
      \\usepackage[T1]{fontenc}
      \\usepackage{textcomp}
      \\usepackage[landscape,margin=1.5cm]{geometry}
      \\usepackage{graphicx}
      \\usepackage{booktabs}
      \\newsavebox{\\swaxtable}
      \\begin{document}
      \\section*{%s}
      \\savebox{\\swaxtable}{%%
      """;
  private static final String SIZED =
      """
      }
      \\begin{center}
      \\ifdim\\wd\\swaxtable>\\textwidth
        \\resizebox{\\textwidth}{!}{\\usebox{\\swaxtable}}
      \\else
        \\usebox{\\swaxtable}
      \\fi
      \\end{center}
      """;

  private LatexReport() {}

  static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(OPENING.formatted(LatexText.escape(report.result().title())));
    appendTable(text, report.table());
    text.append(SIZED);
    appendList(text, "", report.table().legend());
    appendList(text, "\\subsection*{Expectations}\n", Phrases.expectations(report.result()));
    appendList(text, "\\subsection*{Notes}\n", report.result().notes());
    appendList(text, "\\subsection*{Failed}\n", Phrases.failures(report.result()));
    appendList(text, "\\subsection*{Not applicable}\n", Phrases.notApplicable(report.result()));
    appendList(text, "\\subsection*{Missing}\n", report.result().missing());
    appendList(text, "\\subsection*{Assumptions}\n", report.result().assumptions());
    return text.append("\\end{document}\n").toString();
  }

  private static void appendTable(StringBuilder text, Table table) {
    int columns = table.columns().size();
    text.append("\\begin{tabular}{l").append("r".repeat(columns)).append("}\n\\toprule\n");
    table.columns().forEach(label -> text.append(" & ").append(LatexText.escape(label)));
    text.append(" \\\\\n\\midrule\n");
    for (Table.Line line : table.lines()) {
      text.append(line.equals(table.lines().getFirst()) ? "" : "\\addlinespace\n");
      appendRow(
          text,
          LatexText.escape(line.head()),
          line.cells().stream().map(LatexReport::main).toList());
      appendDetails(text, line);
    }
    text.append("\\bottomrule\n\\end{tabular}%\n");
  }

  /** One small row for each further thing that is known of a line's cells. */
  private static void appendDetails(StringBuilder text, Table.Line line) {
    List<List<String>> details = line.cells().stream().map(LatexReport::details).toList();
    int rows =
        Math.max(line.counts().size(), details.stream().mapToInt(List::size).max().orElse(0));
    for (int i = 0; i < rows; i++) {
      int row = i;
      String head = i < line.counts().size() ? "\\quad " + small(line.counts().get(i)) : "";
      appendRow(
          text,
          head,
          details.stream().map(cell -> row < cell.size() ? small(cell.get(row)) : "").toList());
    }
  }

  private static void appendRow(StringBuilder text, String head, List<String> cells) {
    text.append(head);
    cells.forEach(cell -> text.append(" & ").append(cell));
    text.append(" \\\\\n");
  }

  private static String main(Cell cell) {
    return switch (cell) {
      case Cell.Numeric number -> {
        String value = LatexText.escape(number.value());
        String spread =
            number.spread() == null ? "" : "\\,$\\pm$\\," + LatexText.escape(number.spread());
        yield (number.best() ? "\\textbf{" + value + "}" : value) + spread;
      }
      case Cell.Words words when words.kind() == Cell.Kind.NOT_RUN ->
          "\\textit{" + LatexText.escape(words.text()) + "}";
      case Cell.Words words ->
          "\\parbox[t]{3.2cm}{\\raggedright\\footnotesize\\itshape "
              + LatexText.escape(words.text())
              + "}";
    };
  }

  private static List<String> details(Cell cell) {
    List<String> details = new ArrayList<>();
    if (cell instanceof Cell.Numeric number) {
      details.addAll(number.details());
    }
    Cell.Compared compared = cell.compared();
    if (compared != null) {
      details.add(Phrases.compared(compared));
    }
    return details;
  }

  private static String small(String text) {
    return "{\\footnotesize " + LatexText.escape(text) + "}";
  }

  private static void appendList(StringBuilder text, String heading, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    text.append(heading).append("\\begin{itemize}\n");
    items.forEach(item -> text.append("\\item{} ").append(LatexText.escape(item)).append('\n'));
    text.append("\\end{itemize}\n");
  }
}
