package dev.swax.compiler.model.grid;

import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolved grid: every model against every measure.
 *
 * @param title as the file says it, else the name
 * @param seeds of training, in order; empty where nothing is trained
 * @param assumptions of its own lines and of what they measure; models and trainings have theirs
 */
public record GridPlan(
    String name,
    Span span,
    String documentation,
    String title,
    List<Long> seeds,
    List<GridColumn> columns,
    List<GridRow> rows,
    @Nullable GridReference reference,
    List<GridExpectation> expectations,
    List<GridFigure> figures,
    List<Assumption> assumptions) {
  public GridPlan {
    seeds = List.copyOf(seeds);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    expectations = List.copyOf(expectations);
    figures = List.copyOf(figures);
    assumptions = List.copyOf(assumptions);
  }

  /** The same, resting on these assumptions. */
  public GridPlan with(List<Assumption> others) {
    return new GridPlan(
        name,
        span,
        documentation,
        title,
        seeds,
        columns,
        rows,
        reference,
        expectations,
        figures,
        others);
  }

  /** Whether another column may choose it; numbered from 0. */
  public boolean isCandidate(int column) {
    return columns.stream()
        .map(GridColumn::choice)
        .anyMatch(choice -> choice != null && choice.columns().contains(column));
  }
}
