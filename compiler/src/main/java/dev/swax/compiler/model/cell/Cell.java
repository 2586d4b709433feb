package dev.swax.compiler.model.cell;

import dev.swax.compiler.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A memory cell at one place of use, checked and classified. Shapes are per head; a value of shape
 * [n] is stored as [T, heads * n].
 *
 * @param name of the declaration: `mlstm`
 * @param definitions in order; each may use the earlier ones
 * @param recurrence the family and its parts, in terms of the definitions
 * @param output the layer's result, [width]
 */
public record Cell(
    String name,
    Span span,
    int width,
    int heads,
    List<Definition> definitions,
    Recurrence recurrence,
    CellExpression output) {
  public Cell {
    definitions = List.copyOf(definitions);
  }

  /** Its convolutions, in the order of the body. */
  public List<CellExpression.Conv> convolutions() {
    var found = new LinkedHashMap<String, CellExpression.Conv>();
    definitions.forEach(definition -> collect(definition.value(), found));
    switch (recurrence) {
      case Recurrence.Trained trained ->
          trained.operands().values().forEach(operand -> collect(operand, found));
    }
    collect(output, found);
    return List.copyOf(found.values());
  }

  private static void collect(
      CellExpression expression, Map<String, CellExpression.Conv> convolutions) {
    expression.operands().forEach(operand -> collect(operand, convolutions));
    if (expression instanceof CellExpression.Conv conv) {
      convolutions.put(conv.parameter(), conv);
    }
  }

  /**
   * {@code name: shape = value}, or {@code name: shape per groups = value}.
   *
   * @param groups that the value is of, instead of heads
   */
  public record Definition(
      Span span, String name, CellExpression value, @Nullable HeadGroups groups) {}
}
