package dev.swax.compiler.model.part;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The weights of a part as text, each with its size: {@code `q` [64, 32]}. */
public final class PartWeights {
  private PartWeights() {}

  /**
   * Of the part and of the parts that it applies, those that each place has for itself left out.
   */
  public static List<String> of(Part part) {
    SequencedSet<String> weights = new LinkedHashSet<>();
    add(part, "", weights);
    return List.copyOf(weights);
  }

  private static void add(Part part, String prefix, SequencedSet<String> weights) {
    for (PartExpression expression : part.expressions()) {
      if (part.own().contains(parameter(expression))) {
        continue;
      }
      switch (expression) {
        case PartExpression.Linear w ->
            weights.add(text(prefix + w.parameter(), w.inputs(), w.size()));
        case PartExpression.LowRank w ->
            weights.add(text(prefix + w.parameter(), w.inputs(), w.rank(), w.size()));
        case PartExpression.Weight w -> weights.add(text(prefix + w.parameter(), w.size()));
        case PartExpression.WeightMatrix w ->
            weights.add(text(prefix + w.parameter(), w.rows(), w.size()));
        case PartExpression.Conv w ->
            weights.add(text(prefix + w.parameter(), w.width(), w.channels()));
        case PartExpression.Norm w -> weights.add(text(prefix + w.parameter(), w.size()));
        case PartExpression.Apply w -> add(w.part(), prefix + w.parameter() + ".", weights);
        default -> {}
      }
    }
    weights.add(text(prefix + "heads", part.heads()));
  }

  private static String parameter(PartExpression expression) {
    return switch (expression) {
      case PartExpression.Linear w -> w.parameter();
      case PartExpression.LowRank w -> w.parameter();
      case PartExpression.Weight w -> w.parameter();
      case PartExpression.WeightMatrix w -> w.parameter();
      case PartExpression.Conv w -> w.parameter();
      case PartExpression.Norm w -> w.parameter();
      case PartExpression.Apply w -> w.parameter();
      default -> "";
    };
  }

  private static String text(String name, int... sizes) {
    return "`%s` %s".formatted(name, Arrays.toString(sizes));
  }
}
