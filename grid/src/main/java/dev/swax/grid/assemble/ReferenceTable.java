package dev.swax.grid.assemble;

import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridReference;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Printed values: the first line of a CSV file names the columns, the first value of each further
 * line a row. A value that is empty, {@code -} or {@code NA} is not printed.
 */
public final class ReferenceTable {
  private static final List<String> BLANK = List.of("", "-", "–", "NA", "n/a");

  private final String name;
  private final double tolerance;
  private final List<String> columns;
  private final Map<String, List<String>> rows;

  private ReferenceTable(
      String name, double tolerance, List<String> columns, Map<String, List<String>> rows) {
    this.name = name;
    this.tolerance = tolerance;
    this.columns = columns;
    this.rows = rows;
  }

  /** The table of a grid, in which every row and column of the grid is; empty where it has none. */
  public static Optional<ReferenceTable> of(GridPlan grid) {
    GridReference reference = grid.reference();
    if (reference == null) {
      return Optional.empty();
    }
    Path folder =
        Path.of(reference.span().file().name()).toAbsolutePath().normalize().resolveSibling(".");
    ReferenceTable table = read(folder.resolve(reference.file()).normalize(), reference);
    List<GridColumn> columns =
        IntStream.range(0, grid.columns().size())
            .filter(column -> !grid.isCandidate(column))
            .mapToObj(grid.columns()::get)
            .toList();
    for (GridColumn column : columns) {
      table.require(table.columns.contains(column.label()), "column", column.label());
    }
    for (GridRow row : grid.rows()) {
      table.require(table.rows.containsKey(row.label()), "row", row.label());
      for (GridColumn column : columns) {
        table.find(row.label(), column.label());
      }
    }
    return Optional.of(table);
  }

  private static ReferenceTable read(Path file, GridReference reference) {
    String name = reference.file();
    try {
      List<Line> lines = lines(name, RegularFile.text(file));
      if (lines.isEmpty()) {
        throw new UserError("%s is empty".formatted(name), null);
      }
      List<String> columns = columns(name, lines.getFirst());
      Map<String, List<String>> rows = rows(name, lines.subList(1, lines.size()));
      return new ReferenceTable(name, reference.tolerance(), columns, rows);
    } catch (NoSuchFileException e) {
      throw new UserError(
          "there is no file `%s`, the reference of a grid".formatted(file),
          "paths in a swax file start at the folder of that file");
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  /** A line that is not blank, counted from 1, and its values. */
  private record Line(int number, List<String> values) {
    String label() {
      return values.getFirst();
    }

    List<String> rest() {
      return values.subList(1, values.size());
    }
  }

  private static List<Line> lines(String name, String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        if (line.chars().filter(c -> c == '"').count() % 2 != 0) {
          throw new UserError(
              "%s has a quote in line %d that does not end there".formatted(name, number),
              "a value in quotes stands in one line; a quote within it is written twice");
        }
        lines.add(new Line(number, split(line)));
      }
    }
    return lines;
  }

  private static List<String> columns(String name, Line head) {
    List<String> columns = head.rest();
    for (int i = 0; i < columns.size(); i++) {
      int first = columns.indexOf(columns.get(i));
      if (first < i && !columns.get(i).isEmpty()) {
        throw new UserError(
            "%s has column `%s` twice, as values %d and %d of line %d"
                .formatted(name, columns.get(i), first + 2, i + 2, head.number()),
            "leave one of them out, or give it another name");
      }
    }
    return columns;
  }

  private static Map<String, List<String>> rows(String name, List<Line> lines) {
    Map<String, Line> rows = new LinkedHashMap<>();
    for (Line line : lines) {
      Line first = rows.putIfAbsent(line.label(), line);
      if (first != null && !line.label().isEmpty()) {
        throw new UserError(
            "%s has row `%s` twice, in lines %d and %d"
                .formatted(name, line.label(), first.number(), line.number()),
            "leave one of them out, or give it another name");
      }
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    rows.forEach((label, line) -> values.put(label, line.rest()));
    return values;
  }

  /** Values between commas; one in quotes may hold commas, and a quote written twice. */
  private static List<String> split(String line) {
    List<String> values = new ArrayList<>();
    var value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
      if (doubled) {
        value.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        values.add(value.toString().strip());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString().strip());
    return values;
  }

  private void require(boolean has, String what, String label) {
    if (!has) {
      throw new UserError(
          "%s has no %s `%s`, which the grid has".formatted(name, what, label),
          "the labels of the grid and of the reference must be equal, letter by letter");
    }
  }

  /** As the grid names it. */
  String name() {
    return name;
  }

  /** How far ours may be from it: as the row says, else as the grid does, else its rounding. */
  double tolerance(GridRow row, Printed printed) {
    double stated = Double.isNaN(row.tolerance()) ? tolerance : row.tolerance();
    return Double.isNaN(stated) ? printed.rounding() : stated;
  }

  /** What is printed at a place; empty where nothing is, as in columns that others choose. */
  Optional<Printed> find(String row, String column) {
    List<String> values = rows.getOrDefault(row, List.of());
    int at = columns.indexOf(column);
    if (at < 0) {
      return Optional.empty();
    }
    if (at >= values.size()) {
      throw new UserError(
          "%s has no value in row `%s`, column `%s`: its line ends before"
              .formatted(name, row, column),
          "leave the value between the commas empty if nothing is printed");
    }
    String text = values.get(at);
    if (BLANK.contains(text)) {
      return Optional.empty();
    }
    Optional<Printed> printed = Printed.parse(text);
    if (printed.isEmpty()) {
      throw new UserError(
          "%s has `%s` in row `%s`, column `%s`, which is not a number"
              .formatted(name, text, row, column),
          "leave the value empty if nothing is printed");
    }
    return printed;
  }
}
