package dev.swax.compiler.model.cell;

import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    for (CellExpression part : parts()) {
      if (part instanceof CellExpression.Conv conv) {
        found.put(conv.parameter(), conv);
      }
    }
    return List.copyOf(found.values());
  }

  /** The states that are scanned beside the state of its recurrence. */
  public List<CellExpression.Scan> scans() {
    var found = new LinkedHashMap<String, CellExpression.Scan>();
    for (CellExpression part : parts()) {
      if (part instanceof CellExpression.Scan scan) {
        found.put(scan.name(), scan);
      }
    }
    return List.copyOf(found.values());
  }

  /** All that it is made of, each after what it is made of itself. */
  private List<CellExpression> parts() {
    var parts = new ArrayList<CellExpression>();
    definitions.forEach(definition -> collect(definition.value(), parts));
    recurrence.operands().values().forEach(operand -> collect(operand, parts));
    collect(output, parts);
    return parts;
  }

  private static void collect(CellExpression expression, List<CellExpression> parts) {
    expression.operands().forEach(operand -> collect(operand, parts));
    parts.add(expression);
  }

  /**
   * {@code name: shape = value}, or {@code name: shape per groups = value}.
   *
   * @param groups that the value is of, instead of heads
   */
  public record Definition(
      Span span, String name, CellExpression value, @Nullable HeadGroups groups) {}
}
