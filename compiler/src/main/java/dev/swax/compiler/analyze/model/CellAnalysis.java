package dev.swax.compiler.analyze.model;

import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.Quantity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Checks and classifies the body of a cell at one place of use. */
public interface CellAnalysis {

  /** The cell, or empty after a report. */
  Optional<Cell> analyze(PlacedCell placed, Diagnostics diagnostics);

  /**
   * A cell with everything known that its body may use.
   *
   * @param use the place that a message about a size points to
   * @param width of the model, also visible to the body as {@code width}
   * @param blocks of the model, which initialisation depends on
   * @param layer that the cell is in, from 0; a cell that mentions it is placed in each
   * @param parameters a number for each parameter, in the declaration's order
   */
  record PlacedCell(
      Declaration.Cell declaration,
      Span use,
      int width,
      int blocks,
      int layer,
      SequencedMap<String, Quantity> parameters) {
    public PlacedCell {
      parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    }
  }
}
