package dev.swax.cli.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A comparison as tables of plain text, no wider than asked. */
public final class CompareText {
  private static final int GAP = 2;
  private static final String BEST = " *";

  private final Comparison comparison;
  private final int width;
  private final StringBuilder text = new StringBuilder();

  private record Line(String head, List<String> cells) {}

  private CompareText(Comparison comparison, int width) {
    this.comparison = comparison;
    this.width = width;
  }

  /**
   * Writes it.
   *
   * @param all whether settings that are the same for all runs are shown too
   * @param width of the terminal, in characters
   */
  public static String of(Comparison comparison, boolean all, int width) {
    return new CompareText(comparison, width).write(all);
  }

  private String write(boolean all) {
    List<Line> settings =
        comparison.settings().stream()
            .filter(setting -> all || setting.differs())
            .map(setting -> new Line(setting.path(), setting.values()))
            .toList();
    table(all ? "settings" : "settings that differ", settings);
    if (settings.isEmpty()) {
      text.append("  none\n");
    }
    text.append('\n');
    table("results (* best)", comparison.results().stream().map(this::line).toList());
    comparison.notes().forEach(note -> text.append("\nnote: ").append(note));
    return text.append(comparison.notes().isEmpty() ? "" : "\n").toString();
  }

  private Line line(Result result) {
    int best = result.best();
    return new Line(
        result.name(),
        IntStream.range(0, result.values().size())
            .mapToObj(i -> Numbers.text(result, i) + (i == best ? BEST : ""))
            .toList());
  }

  /** As many columns beside each other as fit, then the next ones below. */
  private void table(String title, List<Line> lines) {
    List<String> labels = comparison.labels();
    List<Integer> widths = new ArrayList<>();
    for (int run = 0; run < labels.size(); run++) {
      int column = run;
      widths.add(
          lines.stream()
              .mapToInt(line -> line.cells().get(column).length())
              .reduce(labels.get(run).length(), Math::max));
    }
    int head =
        lines.stream().mapToInt(line -> line.head().length()).reduce(title.length(), Math::max);
    int from = 0;
    while (from < labels.size()) {
      int to = fitting(widths, head, from);
      row(title, labels, widths, head, from, to);
      for (Line line : lines) {
        row(line.head(), line.cells(), widths, head, from, to);
      }
      from = to;
    }
  }

  private int fitting(List<Integer> widths, int head, int from) {
    int used = head + GAP + widths.get(from);
    int to = from + 1;
    while (to < widths.size() && used + GAP + widths.get(to) <= width) {
      used += GAP + widths.get(to);
      to++;
    }
    return to;
  }

  private void row(
      String head, List<String> cells, List<Integer> widths, int headWidth, int from, int to) {
    var line = new StringBuilder(head).repeat(' ', headWidth - head.length());
    for (int run = from; run < to; run++) {
      line.repeat(' ', GAP).append(cells.get(run));
      line.repeat(' ', widths.get(run) - cells.get(run).length());
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
