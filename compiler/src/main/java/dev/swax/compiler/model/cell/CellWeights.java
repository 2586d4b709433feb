package dev.swax.compiler.model.cell;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The weights of a part as text, each with its size: {@code `q` [64, 32]}. */
public final class CellWeights {
  private CellWeights() {}

  /** Of the part and of the parts that it applies. */
  public static List<String> of(Cell cell) {
    SequencedSet<String> weights = new LinkedHashSet<>();
    add(cell, "", weights);
    return List.copyOf(weights);
  }

  private static void add(Cell cell, String prefix, SequencedSet<String> weights) {
    for (CellExpression expression : cell.expressions()) {
      switch (expression) {
        case CellExpression.Linear w ->
            weights.add(text(prefix + w.parameter(), w.inputs(), w.size()));
        case CellExpression.LowRank w ->
            weights.add(text(prefix + w.parameter(), w.inputs(), w.rank(), w.size()));
        case CellExpression.Weight w -> weights.add(text(prefix + w.parameter(), w.size()));
        case CellExpression.WeightMatrix w ->
            weights.add(text(prefix + w.parameter(), w.rows(), w.size()));
        case CellExpression.Conv w ->
            weights.add(text(prefix + w.parameter(), w.width(), w.channels()));
        case CellExpression.Norm w -> weights.add(text(prefix + w.parameter(), w.size()));
        case CellExpression.Apply w -> add(w.part(), prefix + w.parameter() + ".", weights);
        default -> {}
      }
    }
    weights.add(text(prefix + "heads", cell.heads()));
  }

  private static String text(String name, int... sizes) {
    return "`%s` %s".formatted(name, Arrays.toString(sizes));
  }
}
