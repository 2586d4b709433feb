package dev.swax.cli.command;

import dev.swax.cli.input.Input;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridReference;
import dev.swax.grid.assemble.ReferenceTable;
import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the printed values that the grids of a file name are there. */
final class References {
  private References() {}

  /** Everything that is wrong with a file; with its references where the file itself is right. */
  static List<Diagnostic> diagnose(Input input) {
    List<Diagnostic> found = new ArrayList<>(input.diagnose());
    input
        .findAnalysis(new Diagnostics())
        .ifPresent(
            analysis -> analysis.grids().forEach(grid -> diagnose(grid).ifPresent(found::add)));
    return found;
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
