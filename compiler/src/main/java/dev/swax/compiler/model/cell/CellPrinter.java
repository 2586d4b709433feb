package dev.swax.compiler.model.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the compiler understood of a cell: its family, its forms and what a token costs. */
public final class CellPrinter {
  private CellPrinter() {}

  /** Some lines, each ended. */
  public static String explain(Cell cell) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s %s, width %d, heads %d",
            cell.kind().text(),
            cell.name(),
            cell.width(),
            cell.heads()));
    for (Cell.Definition definition : cell.definitions()) {
      lines.add(
          "  "
              + definition.name()
              + next(definition)
              + shape(definition)
              + " = "
              + primed(read(cell), definition.name(), CellText.of(definition.value())));
    }
    if (cell.recurrence() != null) {
      cell.recurrence().words().forEach(line -> lines.add("  " + primed(scanned(cell), "", line)));
    }
    convolutions(cell, lines);
    lines.add("  out = " + primed(read(cell), "", CellText.of(cell.output())));
    return String.join("\n", lines) + "\n";
  }

  private static void convolutions(Cell cell, List<String> lines) {
    long numbers =
        cell.convolutions().stream().mapToLong(conv -> conv.shape().stateNumbers()).sum();
    if (numbers > 0) {
      lines.add(
          String.format(
              Locale.ROOT, "  last tokens of convolutions: %,d numbers a sequence", numbers));
    }
  }

  /** A state is named as it is read: after this token. */
  private static String next(Cell.Definition definition) {
    return definition.value() instanceof CellExpression.Scan ? "'" : "";
  }

  private static String shape(Cell.Definition definition) {
    int size = definition.value().size();
    HeadGroups groups = definition.groups();
    return groups == null
        ? size == 1 ? "" : ": [" + size + "]"
        : ": [" + size + "] per " + groups.name();
  }

  /** States that are values like others are written as they are read, but for {@code own}. */
  private static String primed(List<String> states, String own, String text) {
    String primed = text;
    for (String state : states) {
      if (!state.equals(own)) {
        primed =
            Pattern.compile("(?<![\\w\\[`])" + Pattern.quote(state) + "(?![\\w'(\\]`])")
                .matcher(primed)
                .replaceAll(found -> found.group() + "'");
      }
    }
    return primed;
  }

  private static List<String> scanned(Cell cell) {
    return cell.scans().stream().map(CellExpression.Scan::name).toList();
  }

  /**
   * Those of {@link #scanned}, and the state of the recurrence where its value is read as it is.
   */
  private static List<String> read(Cell cell) {
    List<String> states = new ArrayList<>(scanned(cell));
    Recurrence recurrence = cell.recurrence();
    if (recurrence != null
        && recurrence.words().stream().anyMatch(w -> w.startsWith(recurrence.result() + "' = "))) {
      states.add(recurrence.result());
    }
    return states;
  }
}
