package dev.swax.grid.report;

import dev.swax.grid.result.TrainedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report as Markdown that code hosts render: a pipe table, figures as links to their files. */
final class MarkdownReport {
  /** What would begin a list, or a rule, where a text begins with it. */
  private static final Pattern LIST_MARK =
      Pattern.compile("^(\\d*)([-+](?=[-\\s]|$)|(?<=\\d)[.)](?=\\s|$))");

  private MarkdownReport() {}

  static String of(Report report) {
    List<String> blocks = new ArrayList<>();
    blocks.add("# " + escape(report.result().title()));
    blocks.add(table(report.table()));
    addList(blocks, null, report.table().legend());
    addList(blocks, "## Expectations", Phrases.expectations(report.result()));
    addList(blocks, "## Notes", report.result().notes());
    addList(blocks, "## Failed", Phrases.failures(report.result()));
    addList(blocks, "## Not applicable", Phrases.notApplicable(report.result()));
    addList(blocks, "## Missing", report.result().missing());
    if (!report.drawings().isEmpty()) {
      blocks.add("## Figures");
      report.drawings().forEach(drawing -> blocks.add(figure(drawing)));
    }
    addList(blocks, "## Assumptions", report.result().assumptions());
    if (!report.result().runs().isEmpty()) {
      blocks.add("## Training runs");
      report.result().runs().forEach(run -> blocks.add(run(run)));
    }
    return String.join("\n\n", blocks) + "\n";
  }

  private static void addList(List<String> blocks, @Nullable String heading, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    if (heading != null) {
      blocks.add(heading);
    }
    blocks.add(items.stream().map(item -> "- " + escape(item)).collect(Collectors.joining("\n")));
  }

  private static String table(Table table) {
    List<String> lines = new ArrayList<>();
    lines.add(
        table.columns().stream().map(label -> " " + escape(label) + " |").collect(joined("| |")));
    lines.add(table.columns().stream().map(_ -> "---:|").collect(joined("|:---|")));
    for (Table.Line line : table.lines()) {
      lines.add(
          line.cells().stream()
              .map(cell -> " " + cell(cell) + " |")
              .collect(joined("| " + head(line) + " |")));
    }
    return String.join("\n", lines);
  }

  private static Collector<CharSequence, ?, String> joined(String prefix) {
    return Collectors.joining("", prefix, "");
  }

  private static String head(Table.Line line) {
    List<String> parts = new ArrayList<>(List.of(escape(line.head())));
    if (!line.counts().isEmpty()) {
      parts.add(small(escape(line.count())));
    }
    return String.join("<br>", parts);
  }

  private static String cell(Cell cell) {
    List<String> parts = new ArrayList<>();
    switch (cell) {
      case Cell.Numeric number -> {
        String value = escape(number.value());
        String spread = number.spread() == null ? "" : " ± " + escape(number.spread());
        parts.add((number.best() ? "**" + value + "**" : value) + spread);
        number.details().forEach(detail -> parts.add(small(escape(detail))));
      }
      case Cell.Words words -> parts.add("*" + escape(words.text()) + "*");
    }
    Cell.Compared compared = cell.compared();
    if (compared != null) {
      parts.add(small(escape(Phrases.compared(compared))));
    }
    return String.join("<br>", parts);
  }

  private static String small(String text) {
    return "<sub>" + text + "</sub>";
  }

  private static String figure(Report.Drawing drawing) {
    String caption = drawing.caption().isEmpty() ? "" : "\n\n" + escape(drawing.caption());
    return "![%s](figures/%s)\n\n**%s**%s"
        .formatted(escape(drawing.title()), drawing.file(), escape(drawing.title()), caption);
  }

  private static String run(TrainedRun run) {
    String manifest = run.manifest();
    if (manifest == null) {
      return "- " + escape(Phrases.runWithFacts(run));
    }
    String fence = "`".repeat(Math.max(3, longestFence(manifest) + 1));
    return "<details><summary>%s</summary>\n\n%sjson\n%s\n%s\n\n</details>"
        .formatted(
            escapeMarkup(Phrases.runWithFacts(run)),
            fence,
            Characters.printableLines(manifest.strip()),
            fence);
  }

  private static int longestFence(String text) {
    int longest = 0;
    int current = 0;
    for (int i = 0; i < text.length(); i++) {
      current = text.charAt(i) == '`' ? current + 1 : 0;
      longest = Math.max(longest, current);
    }
    return longest;
  }

  /** Text that shows as itself inside an element, where Markdown is not read. */
  private static String escapeMarkup(String text) {
    return new Markup().text(Characters.printable(text)).toString();
  }

  /** Text that shows as itself, in a table too: on one line, and no character means anything. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    Characters.printable(text)
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '$' -> escaped.append("<span>$</span>");
            case '\\', '`', '*', '_', '[', ']', '#', '|', '~' ->
                escaped.append('\\').appendCodePoint(c);
            default -> escaped.appendCodePoint(c);
          }
        });
    return LIST_MARK.matcher(escaped).replaceFirst("$1\\\\$2");
  }
}
