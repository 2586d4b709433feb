package dev.swax.compiler.model.grid;

import dev.swax.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolved grid: every model against every measure.
 *
 * @param title as the file says it, else the name
 * @param seeds of training, in order; empty where nothing is trained
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
    List<GridFigure> figures) {
  public GridPlan {
    seeds = List.copyOf(seeds);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    expectations = List.copyOf(expectations);
    figures = List.copyOf(figures);
  }

  /** Whether another column may choose it; numbered from 0. */
  public boolean isCandidate(int column) {
    return columns.stream()
        .map(GridColumn::choice)
        .anyMatch(choice -> choice != null && choice.columns().contains(column));
  }
}
