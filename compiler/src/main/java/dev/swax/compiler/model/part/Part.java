package dev.swax.compiler.model.part;

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
 * @param own the weights that each place has for itself, also where the part is shared
 */
public record Part(
    PartKind kind,
    String name,
    Span span,
    SequencedMap<String, String> parameters,
    int width,
    int heads,
    List<Definition> definitions,
    @Nullable Recurrence recurrence,
    PartExpression output,
    @Nullable String shared,
    SequencedSet<String> own) {
  public Part {
    parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    definitions = List.copyOf(definitions);
    own = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(own));
  }

  /** Its convolutions, in the order of the body. */
  public List<PartExpression.Conv> convolutions() {
    var found = new LinkedHashMap<String, PartExpression.Conv>();
    for (PartExpression part : expressions()) {
      if (part instanceof PartExpression.Conv conv) {
        found.put(conv.parameter(), conv);
      }
    }
    return List.copyOf(found.values());
  }

  /** The states that are scanned beside the state of its recurrence. */
  public List<PartExpression.Scan> scans() {
    var found = new LinkedHashMap<String, PartExpression.Scan>();
    for (PartExpression part : expressions()) {
      if (part instanceof PartExpression.Scan scan) {
        found.put(scan.name(), scan);
      }
    }
    return List.copyOf(found.values());
  }

  /** The parts that it applies, in the order of the body; not those that they apply themselves. */
  public List<PartExpression.Apply> applied() {
    var found = new LinkedHashMap<String, PartExpression.Apply>();
    for (PartExpression part : expressions()) {
      if (part instanceof PartExpression.Apply apply) {
        found.put(apply.parameter(), apply);
      }
    }
    return List.copyOf(found.values());
  }

  /** Its attentions, in the order of the body. */
  public List<PartExpression.Attend> attentions() {
    return expressions().stream()
        .filter(PartExpression.Attend.class::isInstance)
        .map(PartExpression.Attend.class::cast)
        .toList();
  }

  /** Its mixtures of experts, in the order of the body. */
  public List<PartExpression.Mixture> mixtures() {
    return expressions().stream()
        .filter(PartExpression.Mixture.class::isInstance)
        .map(PartExpression.Mixture.class::cast)
        .toList();
  }

  /** This, then all parts that it is made of, each after what applies it. */
  public void walk(Consumer<Part> visitor) {
    visitor.accept(this);
    applied().forEach(apply -> apply.part().walk(visitor));
  }

  /** What later layers call the result of a part. */
  public static final String OUTPUT = "out";

  /** Whether a value of its body is as wide as the model, not per head. */
  public boolean isWide(PartExpression expression) {
    return switch (expression) {
      case PartExpression.Input _, PartExpression.Embedding _ -> true;
      case PartExpression.Read read -> read.toWidth();
      case PartExpression.Linear linear -> linear.toWidth();
      case PartExpression.LowRank lowRank -> lowRank.toWidth();
      case PartExpression.Weight weight -> weight.toWidth();
      case PartExpression.Apply apply -> apply.toWidth();
      case PartExpression.Reference(_, String name, _) ->
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
  private boolean variesByToken(PartExpression expression) {
    return switch (expression) {
      case PartExpression.Input _, PartExpression.Embedding _, PartExpression.Read _ -> true;
      case PartExpression.Reference(_, String name, _) ->
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
            .filter(PartExpression.Read.class::isInstance)
            .forEach(read -> reads.add(((PartExpression.Read) read).source())));
    return reads;
  }

  /** Whether it, or a part that it applies, reads the embedding. */
  public boolean readsEmbedding() {
    var found = new ArrayList<PartExpression>();
    walk(part ->
        part.expressions().stream()
            .filter(PartExpression.Embedding.class::isInstance)
            .forEach(found::add));
    return !found.isEmpty();
  }

  /** All that it is made of, each after what it is made of itself. */
  public List<PartExpression> expressions() {
    var parts = new ArrayList<PartExpression>();
    definitions.forEach(definition -> collect(definition.value(), parts));
    if (recurrence != null) {
      recurrence.operands().values().forEach(operand -> collect(operand, parts));
    }
    collect(output, parts);
    return parts;
  }

  private static void collect(PartExpression expression, List<PartExpression> parts) {
    expression.operands().forEach(operand -> collect(operand, parts));
    parts.add(expression);
  }

  /**
   * {@code name: shape = value}, or {@code name: shape per groups = value}.
   *
   * @param groups that the value is of, instead of heads
   */
  public record Definition(
      Span span, String name, PartExpression value, @Nullable HeadGroups groups) {}
}
