package dev.swax.compiler.model.cell;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.PartKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A declared part of a model at one place of use, checked, and classified if it has a state. Shapes
 * are per head; a value of shape [n] is stored as [T, heads * n].
 *
 * @param name of the declaration: `mlstm`
 * @param parameters those that are numbers or words, as text
 * @param width of its input and of its output
 * @param definitions in order; each may use the earlier ones
 * @param recurrence the family and its parts, in terms of the definitions; null without a state
 * @param output the result, [width]
 */
public record Cell(
    PartKind kind,
    String name,
    Span span,
    SequencedMap<String, String> parameters,
    int width,
    int heads,
    List<Definition> definitions,
    @Nullable Recurrence recurrence,
    CellExpression output) {
  public Cell {
    parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    definitions = List.copyOf(definitions);
  }

  /** Its convolutions, in the order of the body. */
  public List<CellExpression.Conv> convolutions() {
    var found = new LinkedHashMap<String, CellExpression.Conv>();
    for (CellExpression part : expressions()) {
      if (part instanceof CellExpression.Conv conv) {
        found.put(conv.parameter(), conv);
      }
    }
    return List.copyOf(found.values());
  }

  /** The states that are scanned beside the state of its recurrence. */
  public List<CellExpression.Scan> scans() {
    var found = new LinkedHashMap<String, CellExpression.Scan>();
    for (CellExpression part : expressions()) {
      if (part instanceof CellExpression.Scan scan) {
        found.put(scan.name(), scan);
      }
    }
    return List.copyOf(found.values());
  }

  /** The parts that it applies, in the order of the body; not those that they apply themselves. */
  public List<CellExpression.Apply> applied() {
    var found = new LinkedHashMap<String, CellExpression.Apply>();
    for (CellExpression part : expressions()) {
      if (part instanceof CellExpression.Apply apply) {
        found.put(apply.parameter(), apply);
      }
    }
    return List.copyOf(found.values());
  }

  /** Its attentions, in the order of the body. */
  public List<CellExpression.Attend> attentions() {
    return expressions().stream()
        .filter(CellExpression.Attend.class::isInstance)
        .map(CellExpression.Attend.class::cast)
        .toList();
  }

  /** This, then all parts that it is made of, each after what applies it. */
  public void walk(Consumer<Cell> visitor) {
    visitor.accept(this);
    applied().forEach(apply -> apply.part().walk(visitor));
  }

  /** All that it is made of, each after what it is made of itself. */
  public List<CellExpression> expressions() {
    var parts = new ArrayList<CellExpression>();
    definitions.forEach(definition -> collect(definition.value(), parts));
    if (recurrence != null) {
      recurrence.operands().values().forEach(operand -> collect(operand, parts));
    }
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
