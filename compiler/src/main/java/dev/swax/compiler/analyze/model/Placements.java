package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Binding;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Instance;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Redefinition;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Slot;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.analyze.name.Mentions;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.Quantity;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** Cells at their places of use: parameters become numbers, then the body is analyzed. */
public final class Placements {
  /** The width at which a cell that no model uses is checked. */
  private static final int NOMINAL_WIDTH = 1024;

  private static final int NOMINAL_BLOCKS = 2;

  private static final String LAYER = "layer";

  private final Evaluator evaluator;
  private final CellAnalysis cells;
  private final SequencedSet<Span> placed = new LinkedHashSet<>();

  public Placements(Evaluator evaluator, CellAnalysis cells) {
    this.evaluator = evaluator;
    this.cells = cells;
  }

  /** The cell in a model of that size, or empty after a report. */
  Optional<Cell> place(Value.Memory memory, int width, int blocks, int layer) {
    placed.add(memory.declaration().name().span());
    SequencedMap<String, Binding> outside = new LinkedHashMap<>();
    outside.put("width", Binding.of(new Value.Numeric(Quantity.of(width))));
    outside.put("blocks", Binding.of(new Value.Numeric(Quantity.of(blocks))));
    outside.put(LAYER, Binding.of(new Value.Numeric(Quantity.of(layer))));
    List<Redefinition> given =
        memory.arguments().entrySet().stream()
            .map(argument -> Redefinition.known(argument.getKey(), argument.getValue()))
            .toList();
    Instance instance =
        evaluator
            .bodies()
            .parameters(
                memory.declaration().name().text(),
                memory.declaration().parameters(),
                new Scope.Frame(memory.scope(), outside),
                given,
                memory.span());
    if (instance == null) {
      return Optional.empty();
    }
    SequencedMap<String, Quantity> parameters = numbers(instance);
    return parameters.size() < memory.declaration().parameters().size()
        ? Optional.empty()
        : cells.analyze(
            new CellAnalysis.PlacedCell(
                memory.declaration(), memory.span(), width, blocks, layer, parameters),
            evaluator.diagnostics());
  }

  /** Whether a value is a cell that may differ from layer to layer. */
  static boolean differsByLayer(Value value) {
    return value instanceof Value.Memory memory && Mentions.of(memory.declaration(), LAYER);
  }

  /** Checks a cell that has been placed nowhere, unless it needs arguments. */
  public void checkUnused(Declaration.Cell cell, Module module) {
    Span name = cell.name().span();
    boolean complete = cell.parameters().stream().allMatch(p -> p.defaultValue() != null);
    if (complete && !placed.contains(name)) {
      place(
          new Value.Memory(cell, module, cell.name().text(), name, new LinkedHashMap<>()),
          NOMINAL_WIDTH,
          NOMINAL_BLOCKS,
          0);
    }
  }

  /** The parameters of a cell: plain numbers; those with an error are left out. */
  private SequencedMap<String, Quantity> numbers(Instance instance) {
    SequencedMap<String, Quantity> numbers = new LinkedHashMap<>();
    for (Slot slot : instance.slots()) {
      Value value = slot.binding().value(evaluator, slot.span());
      Value number =
          evaluator.coercion().coerce(value, Wanted.REAL, "`" + slot.name() + "`", slot.span());
      if (number instanceof Value.Numeric(Quantity quantity)) {
        numbers.put(slot.name(), quantity);
      }
    }
    return numbers;
  }
}
