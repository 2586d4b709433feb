package dev.swax.cli.run;

import dev.swax.cli.input.Selection;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.runtime.UserError;

/** A column of a grid, trained with one seed. */
public record ColumnChoice(String grid, String label, long seed) {

  /** How it is trained. */
  TrainPlan plan(Analysis analysis, String file) {
    GridPlan plan = Selection.grid(analysis, file, grid);
    return plan.columns().stream()
        .filter(column -> column.label().equals(label))
        .flatMap(column -> column.trains().stream())
        .filter(train -> train.recipe().seed() == seed)
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                "grid %s of %s trains no `%s` with seed %d".formatted(grid, file, label, seed),
                null));
  }
}
