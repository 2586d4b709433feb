package dev.swax.compiler.model.cell;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.PartKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
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
 * @param shared the name under which its weights are shared wherever it stands, or null
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
    CellExpression output,
    @Nullable String shared) {
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

  /** Its mixtures of experts, in the order of the body. */
  public List<CellExpression.Mixture> mixtures() {
    return expressions().stream()
        .filter(CellExpression.Mixture.class::isInstance)
        .map(CellExpression.Mixture.class::cast)
        .toList();
  }

  /** This, then all parts that it is made of, each after what applies it. */
  public void walk(Consumer<Cell> visitor) {
    visitor.accept(this);
    applied().forEach(apply -> apply.part().walk(visitor));
  }

  /** What later layers call the result of a part. */
  public static final String OUTPUT = "out";

  /** Whether a value of its body is as wide as the model, not per head. */
  public boolean isWide(CellExpression expression) {
    return switch (expression) {
      case CellExpression.Input _, CellExpression.Embedding _ -> true;
      case CellExpression.Read read -> read.toWidth();
      case CellExpression.Linear linear -> linear.toWidth();
      case CellExpression.LowRank lowRank -> lowRank.toWidth();
      case CellExpression.Weight weight -> weight.toWidth();
      case CellExpression.Apply apply -> apply.toWidth();
      case CellExpression.Reference(_, String name, _) ->
          definitions.stream()
              .filter(definition -> definition.name().equals(name))
              .anyMatch(definition -> isWide(definition.value()));
      default -> expression.operands().stream().anyMatch(this::isWide);
    };
  }

  /** A value that later layers may read, by its name. */
  public Optional<Definition> find(String name) {
    return name.equals(OUTPUT)
        ? Optional.of(new Definition(output.span(), OUTPUT, output, null))
        : definitions.stream()
            .filter(definition -> definition.name().equals(name))
            .filter(definition -> variesByToken(definition.value()))
            .findFirst();
  }

  /** Whether a value is made of this token, not only of weights and numbers. */
  private boolean variesByToken(CellExpression expression) {
    return switch (expression) {
      case CellExpression.Input _, CellExpression.Embedding _, CellExpression.Read _ -> true;
      case CellExpression.Reference(_, String name, _) ->
          definitions.stream()
              .filter(definition -> definition.name().equals(name))
              .map(definition -> variesByToken(definition.value()))
              .findFirst()
              .orElse(true);
      default -> expression.operands().stream().anyMatch(this::variesByToken);
    };
  }

  /** What it and the parts that it applies read of earlier layers. */
  public SequencedSet<LayerValue> reads() {
    var reads = new LinkedHashSet<LayerValue>();
    walk(part ->
        part.expressions().stream()
            .filter(CellExpression.Read.class::isInstance)
            .forEach(read -> reads.add(((CellExpression.Read) read).source())));
    return reads;
  }

  /** Whether it, or a part that it applies, reads the embedding. */
  public boolean readsEmbedding() {
    var found = new ArrayList<CellExpression>();
    walk(part ->
        part.expressions().stream()
            .filter(CellExpression.Embedding.class::isInstance)
            .forEach(found::add));
    return !found.isEmpty();
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
