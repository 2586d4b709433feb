package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridLabel;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import dev.swax.compiler.type.Quantity;
import java.text.DecimalFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a grid. A row is called by its label, by its name, or, with all others of its line,
 * by the label of the line as it is written.
 */
final class GridRows {
  private static final int MOST = 1_000;

  /** A row whose value is not known yet. */
  private record Line(GridItem.Row item, GridPoints.Point point, GridLabel heading) {
    String label() {
      return heading.text();
    }
  }

  private final Evaluator evaluator;
  private final GridMeasures measures;
  private final GridHeadings columns;
  private final GridSeeds seeds;
  private final List<Line> lines = new ArrayList<>();
  private final Set<String> labels = new LinkedHashSet<>();
  private final SequencedMap<String, List<Integer>> named = new LinkedHashMap<>();

  /** Expands every line first, so that a row may call one that stands below it. */
  GridRows(
      Evaluator evaluator,
      GridMeasures measures,
      GridHeadings columns,
      GridSeeds seeds,
      List<GridItem.Row> items,
      Scope scope) {
    this.evaluator = evaluator;
    this.measures = measures;
    this.columns = columns;
    this.seeds = seeds;
    GridPoints points = new GridPoints(evaluator);
    for (GridItem.Row item : items) {
      for (GridPoints.Point point : points.expand(item.bindings(), scope)) {
        if (lines.size() > MOST) {
          return;
        }
        add(new Line(item, point, heading(item, point, points)));
      }
    }
  }

  private static GridLabel heading(GridItem.Row item, GridPoints.Point point, GridPoints points) {
    return item.label() instanceof Expression.Text text
        ? points.heading(text, point)
        : GridPoints.heading(written(item), point);
  }

  private static String written(GridItem.Row item) {
    return switch (item.label()) {
      case Expression.Text text -> text.value();
      case Expression.Name name -> name.text();
      default -> item.label().span().text();
    };
  }

  private void add(Line line) {
    int row = lines.size();
    if (row == MOST) {
      evaluator.report(
          Code.TOO_LARGE,
          line.item().label().span(),
          String.format(Locale.ROOT, "a grid has at most %,d rows", MOST),
          null);
    }
    if (!labels.add(line.label())) {
      evaluator.report(
          Code.DUPLICATE_NAME,
          line.item().label().span(),
          "two rows are called `%s`".formatted(line.label()),
          null);
    }
    lines.add(line);
    named.computeIfAbsent(line.label(), _ -> new ArrayList<>()).add(row);
    if (!written(line.item()).equals(line.label())) {
      named.computeIfAbsent(written(line.item()), _ -> new ArrayList<>()).add(row);
    }
  }

  /** The rows in order; those with an error have no value. */
  List<GridRow> rows() {
    List<GridRow> rows = new ArrayList<>();
    for (Line line : lines) {
      GridExpression value = evaluator.progress().within(line.label(), () -> value(line));
      Expression.Text format = line.item().format();
      if (format != null) {
        requirePattern(format);
      }
      rows.add(
          new GridRow(
              line.heading(),
              line.item().label().span(),
              value,
              better(line.item().better()),
              tolerance(evaluator, line.item().tolerance(), line.point().scope()),
              format == null ? null : format.value()));
    }
    return rows;
  }

  private GridExpression value(Line line) {
    var place = new GridRowValue.Place(line.point(), line.label(), false);
    return new GridRowValue(evaluator, measures, this, place).resolve(line.item().value());
  }

  private static GridRow.Better better(GridItem.Better better) {
    return switch (better) {
      case UNSTATED -> GridRow.Better.UNSTATED;
      case LOWER -> GridRow.Better.LOWER;
      case HIGHER -> GridRow.Better.HIGHER;
    };
  }

  /** NaN where nothing is said. */
  static double tolerance(Evaluator evaluator, @Nullable Expression within, Scope scope) {
    return within != null
            && evaluator.evaluate(within, scope, Wanted.POSITIVE_REAL, "`within`")
                instanceof Value.Numeric(Quantity quantity)
        ? quantity.value().toDouble()
        : Double.NaN;
  }

  private void requirePattern(Expression.Text format) {
    try {
      DecimalFormat pattern = new DecimalFormat(format.value());
      pattern.setParseBigDecimal(true);
    } catch (IllegalArgumentException e) {
      evaluator.report(
          Code.WRONG_TYPE,
          format.span(),
          "`%s` is not a number format".formatted(format.value()),
          "`\"0.00\"` shows two digits after the point");
    }
  }

  /** What the columns are called. */
  GridHeadings columns() {
    return columns;
  }

  GridSeeds seeds() {
    return seeds;
  }

  boolean has(String name) {
    return named.containsKey(name);
  }

  /** The axes that the {@code for}s of these rows bind. */
  boolean bind(List<Integer> rows, String axis) {
    return rows.stream().anyMatch(row -> lines.get(row).point().axes().containsKey(axis));
  }

  /** The rows that a name calls; empty after a report. */
  List<Integer> called(String name, Span span) {
    List<Integer> rows = named.get(name);
    if (rows != null) {
      return List.copyOf(rows);
    }
    evaluator.report(
        Code.UNKNOWN_NAME,
        span,
        "no row of this grid is called `%s`".formatted(name),
        DidYouMean.help(name, named.keySet()).orElse(null));
    return List.of();
  }

  /** The one row that a name calls; null after a report. */
  @Nullable Integer one(String name, Span span) {
    List<Integer> rows = called(name, span);
    if (rows.size() > 1) {
      evaluator.report(
          Code.WRONG_TYPE,
          span,
          "`%s` names %d rows, but one is expected".formatted(name, rows.size()),
          "`mean(%s)`".formatted(span.text()));
    }
    return rows.size() == 1 ? rows.getFirst() : null;
  }

  /** The rows that an argument calls: a name, a label, or a list of them; empty after a report. */
  List<Integer> called(Expression argument, Scope scope) {
    GridPoints points = new GridPoints(evaluator);
    return switch (argument) {
      case Expression.Name name -> called(name.text(), name.span());
      case Expression.Text text ->
          called(
              named.containsKey(text.value()) ? text.value() : points.label(text, scope),
              text.span());
      case Expression.ListLiteral list -> {
        List<Integer> rows = new ArrayList<>();
        list.elements().forEach(element -> rows.addAll(called(element, scope)));
        yield rows;
      }
      default -> {
        evaluator.report(
            Code.WRONG_TYPE,
            argument.span(),
            "a row is named by its name, or by its label in quotes",
            null);
        yield List.of();
      }
    };
  }
}
