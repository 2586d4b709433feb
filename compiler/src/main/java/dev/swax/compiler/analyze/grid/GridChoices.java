package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.model.grid.GridChoice;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridLabel;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** {@code best("SWAX:{w}, lr {r}" over r, by: validation)}: columns that choose among others. */
final class GridChoices {
  private static final String FORM = "`best(\"label {r}\" over r, by: row)`";

  private final Evaluator evaluator;
  private final List<Line> lines = new ArrayList<>();
  private final SequencedMap<Integer, Expression> rows = new LinkedHashMap<>();

  /** A column and the label of its line as the file has it. */
  private record Line(String written, GridColumn column) {}

  GridChoices(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  static boolean isChoice(Expression value, GridPoints.Point point) {
    return value instanceof Expression.Call call
        && GridFunction.of(call).filter(GridFunction.BEST::equals).isPresent()
        && point.scope().find(GridFunction.BEST.text()) == null;
  }

  /** The next column, in the order of the file. */
  void add(String written, GridColumn column) {
    lines.add(new Line(written, column));
  }

  /** The column that a call of {@code best} makes, its row still unknown; empty after a report. */
  Optional<GridColumn> choose(
      GridLabel heading, Span span, Expression value, GridPoints.Point point) {
    if (!(value instanceof Expression.Call call)) {
      return Optional.empty();
    }
    SequencedMap<String, Expression> given = GridFunction.BEST.match(call, evaluator);
    if (given == null) {
      return Optional.empty();
    }
    Expression by = given.get("by");
    if (!(given.get("columns") instanceof Expression.Over(Span _, Expression.Text of, var axis))
        || by == null) {
      evaluator.report(
          Code.MISSING_KEY,
          call.span(),
          by == null
              ? "`best` needs `by` (the row that decides)"
              : "`best` needs the label of columns, and `over` a name in which they differ",
          FORM);
      return Optional.empty();
    }
    List<Integer> candidates = candidates(of, axis, point);
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    rows.put(lines.size(), by);
    return Optional.of(
        GridColumn.choosing(
            heading,
            span,
            lines.get(candidates.getFirst()).column(),
            new GridChoice(axis.text(), candidates, -1)));
  }

  /** The columns that the label means, at the names that the own line binds. */
  private List<Integer> candidates(
      Expression.Text of, Expression.Name axis, GridPoints.Point point) {
    List<Integer> called = called(of);
    if (called.isEmpty()) {
      return List.of();
    }
    for (int each : called) {
      GridColumn column = lines.get(each).column();
      if (column.choice() != null || column.trains().isEmpty()) {
        return refuse(
            of.span(),
            column.choice() == null
                ? "`%s` is not trained, so there is nothing to choose".formatted(column.label())
                : "`%s` is chosen itself; `best` chooses among models".formatted(column.label()));
      }
      if (!column.axes().containsKey(axis.text())) {
        return refuse(
            axis.span(),
            "`best` chooses over `%s`, but no `for` of column `%s` binds that"
                .formatted(axis.text(), lines.get(each).written()));
      }
    }
    List<Integer> candidates = called.stream().filter(i -> agrees(i, point)).toList();
    if (candidates.isEmpty()) {
      return refuse(
          of.span(), "no column `%s` has %s".formatted(of.value(), described(point.axes())));
    }
    for (int each : candidates) {
      Optional<String> other = otherAxis(candidates.getFirst(), each, axis.text());
      if (other.isPresent()) {
        return refuse(
            of.span(),
            "the columns `%s` differ not only in `%s`, but in `%s` too"
                .formatted(of.value(), axis.text(), other.get()));
      }
    }
    return candidates;
  }

  private List<Integer> called(Expression.Text of) {
    List<Integer> called = matching(of.value(), true);
    if (called.isEmpty() && !of.value().contains("{")) {
      called = matching(of.value(), false);
    }
    if (called.isEmpty()) {
      List<String> known = lines.stream().map(Line::written).distinct().toList();
      evaluator.report(
          Code.UNKNOWN_NAME,
          of.span(),
          "no column above this one is written `%s`".formatted(of.value()),
          DidYouMean.help(of.value(), known).orElse(null));
    }
    return called;
  }

  private List<Integer> matching(String text, boolean written) {
    List<Integer> matching = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (text.equals(written ? line.written() : line.column().label())) {
        matching.add(i);
      }
    }
    return matching;
  }

  private boolean agrees(int candidate, GridPoints.Point point) {
    SequencedMap<String, String> axes = lines.get(candidate).column().axes();
    return point.axes().entrySet().stream()
        .allMatch(own -> own.getValue().equals(axes.getOrDefault(own.getKey(), own.getValue())));
  }

  private Optional<String> otherAxis(int first, int second, String axis) {
    SequencedMap<String, String> axes = lines.get(second).column().axes();
    return lines.get(first).column().axes().entrySet().stream()
        .filter(own -> !own.getKey().equals(axis))
        .filter(own -> !own.getValue().equals(axes.get(own.getKey())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String described(SequencedMap<String, String> axes) {
    return axes.entrySet().stream()
        .map(axis -> "`%s` = %s".formatted(axis.getKey(), axis.getValue()))
        .reduce((a, b) -> a + ", " + b)
        .orElse("a value");
  }

  private List<Integer> refuse(Span span, String message) {
    evaluator.report(Code.CHOICE_OF_COLUMNS, span, message, null);
    return List.of();
  }

  /** The columns, with the rows by which they choose. */
  List<GridColumn> resolved(GridRows named, List<GridRow> resolved) {
    List<GridColumn> columns = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      GridColumn column = lines.get(i).column();
      GridChoice choice = column.choice();
      Expression by = rows.get(i);
      if (choice == null || by == null) {
        columns.add(column);
      } else {
        GridChoice known =
            new GridChoice(choice.axis(), choice.columns(), row(by, named, resolved));
        columns.add(GridColumn.choosing(column.heading(), column.span(), column, known));
      }
    }
    return columns;
  }

  /** 0 after a report. */
  private int row(Expression by, GridRows named, List<GridRow> resolved) {
    String name = by instanceof Expression.Text text ? text.value() : by.span().text();
    Integer row = named.one(name, by.span());
    if (row == null) {
      return 0;
    }
    if (resolved.get(row).better() == GridRow.Better.UNSTATED) {
      evaluator.report(
          Code.CHOICE_OF_COLUMNS,
          by.span(),
          "`best` chooses by row `%s`, which does not say whether `lower` or `higher` is better"
              .formatted(resolved.get(row).label()),
          null);
    }
    return row;
  }
}
