package dev.swax.cli.command;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridReference;
import dev.swax.grid.assemble.ReferenceTable;
import dev.swax.runtime.UserError;
import java.util.List;
import java.util.Optional;

/** Whether the printed values that the grids of a file name are there. */
final class References {
  private References() {}

  static List<Diagnostic> diagnose(Analysis analysis) {
    return analysis.grids().stream().flatMap(grid -> diagnose(grid).stream()).toList();
  }

  private static Optional<Diagnostic> diagnose(GridPlan grid) {
    GridReference reference = grid.reference();
    try {
      ReferenceTable.of(grid);
      return Optional.empty();
    } catch (UserError e) {
      return reference == null
          ? Optional.empty()
          : Optional.of(
              new Diagnostic(
                  Code.REFERENCE,
                  reference.span(),
                  String.valueOf(e.getMessage()),
                  List.of(),
                  e.help()));
    }
  }
}
