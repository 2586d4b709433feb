package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.model.grid.GridFigure;
import dev.swax.compiler.model.grid.GridFigure.Course;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code lines(rows…, against: axis)}, {@code scatter(x, y)}, {@code curves(state)}. */
final class GridFigures {
  private static final List<String> KINDS = List.of("lines", "scatter", "curves");

  private final Evaluator evaluator;
  private final GridRows rows;
  private final GridHeadings columns;
  private final boolean measured;

  /**
   * @param measured whether a training measures states and attention while it goes on, as far as
   *     that is known
   */
  GridFigures(Evaluator evaluator, GridRows rows, GridHeadings columns, boolean measured) {
    this.measured = measured;
    this.evaluator = evaluator;
    this.rows = rows;
    this.columns = columns;
  }

  /** The figure, or empty after a report. */
  Optional<GridFigure> figure(GridItem.Figure item, Scope scope) {
    String title = new GridPoints(evaluator).label(item.title(), scope);
    if (item.value() instanceof Expression.Call call) {
      switch (call.callee().text()) {
        case "lines" -> {
          return lines(title, call, scope);
        }
        case "scatter" -> {
          return scatter(title, call);
        }
        case "curves" -> {
          return curves(title, call);
        }
        default -> {}
      }
    }
    String written = item.value().span().text();
    evaluator.report(
        Code.WRONG_TYPE,
        item.value().span(),
        "a figure is `lines(…)`, `scatter(…)` or `curves()`",
        DidYouMean.help(written.replaceAll("\\(.*", ""), KINDS).orElse(null));
    return Optional.empty();
  }

  /** The loss where nothing is named. */
  private Optional<GridFigure> curves(String title, Expression.Call call) {
    if (call.arguments().isEmpty()) {
      return Optional.of(new GridFigure.Curves(title, Course.LOSS));
    }
    Expression written = call.arguments().getFirst().value();
    Optional<Course> course =
        Stream.of(Course.values())
            .filter(one -> one.text().equals(written.span().text()))
            .filter(_ -> call.arguments().size() == 1)
            .findFirst();
    if (course.isEmpty()) {
      evaluator.report(
          Code.WRONG_TYPE,
          written.span(),
          "`curves` shows one of `loss`, `state` and `recent`",
          "`curves(state)`");
    } else if (course.get() != Course.LOSS && !measured) {
      evaluator.report(
          Code.MISSING_KEY,
          call.span(),
          "`curves(%s)` shows what no training of this grid measures"
              .formatted(course.get().text()),
          "`pathways = 64` in the train block");
      return Optional.empty();
    }
    return course.map(one -> new GridFigure.Curves(title, one));
  }

  private Optional<GridFigure> lines(String title, Expression.Call call, Scope scope) {
    List<Integer> shown = new ArrayList<>();
    Expression against = null;
    for (Expression.Argument argument : call.arguments()) {
      if (argument.name() != null && argument.name().text().equals("against")) {
        against = argument.value();
      } else {
        shown.addAll(rows.called(argument.value(), scope));
      }
    }
    if (against == null || shown.isEmpty()) {
      if (against == null) {
        evaluator.report(
            Code.MISSING_KEY,
            call.span(),
            "`lines` needs `against` (a name that a `for` binds)",
            "`lines(row, against: w)`");
      }
      return Optional.empty();
    }
    String axis = against.span().text();
    boolean ofRows = rows.bind(shown, axis);
    if (!ofRows && !columns.bind(axis)) {
      if (!columns.isComplete()) {
        return Optional.empty();
      }
      evaluator.report(
          Code.UNKNOWN_NAME,
          against.span(),
          "no `for` of these rows or of the columns binds `%s`".formatted(axis),
          null);
      return Optional.empty();
    }
    return Optional.of(new GridFigure.Lines(title, axis, ofRows, shown));
  }

  private Optional<GridFigure> scatter(String title, Expression.Call call) {
    if (call.arguments().size() != 2) {
      evaluator.report(
          Code.MISSING_KEY, call.span(), "`scatter` needs two rows", "`scatter(short, long)`");
      return Optional.empty();
    }
    List<Integer> shown = new ArrayList<>();
    for (Expression.Argument argument : call.arguments()) {
      Expression value = argument.value();
      String name = value instanceof Expression.Text text ? text.value() : value.span().text();
      Integer row = rows.one(name, value.span());
      if (row != null) {
        shown.add(row);
      }
    }
    return shown.size() == 2
        ? Optional.of(new GridFigure.Scatter(title, shown.getFirst(), shown.getLast()))
        : Optional.empty();
  }
}
