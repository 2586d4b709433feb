package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.Recurrence;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.updates.UpdatesShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Matrices that are updated several times for each token, each time as a family of one update has
 * it: see {@link UpdateChain}. DeltaProduct is several delta rules.
 */
public final class UpdatesFamily extends MatrixFamily {
  /** Those of one update, the cheapest to train first. */
  private static final List<MatrixFamily> OF_ONE =
      List.of(new ScalarFamily(), new RowsFamily(), new DeltaFamily(), new DplrFamily());

  public UpdatesFamily() {
    super("a state that is updated several times for each token");
  }

  @Override
  public boolean has(StateUpdate update) {
    List<StateUpdate> links = UpdateChain.of(update);
    return links.size() > 1 && family(links).isPresent();
  }

  /** The family that all updates are of. */
  private static Optional<MatrixFamily> family(List<StateUpdate> links) {
    return OF_ONE.stream().filter(family -> links.stream().allMatch(family::fits)).findFirst();
  }

  @Override
  protected @Nullable Form form(StateUpdate update) {
    List<StateUpdate> links = UpdateChain.of(update);
    MatrixFamily family = family(links).orElseThrow();
    var forms = new ArrayList<Form>();
    for (StateUpdate link : links) {
      Form form = family.form(link);
      if (form == null) {
        return null;
      }
      forms.add(form);
    }
    return (read, result) -> {
      var each = new ArrayList<Recurrence>();
      for (Form form : forms) {
        Recurrence recurrence = form.recurrence(read, result);
        if (recurrence == null) {
          return null;
        }
        each.add(recurrence);
      }
      return joined(each, update.span());
    };
  }

  private static Recurrence joined(List<Recurrence> each, Span span) {
    RecurrenceShape one =
        each.stream().map(Recurrence::shape).reduce(UpdatesFamily::both).orElseThrow();
    var operands = new LinkedHashMap<String, PartExpression>();
    for (int i = 0; i < each.size(); i++) {
      for (String name : one.operands().subList(i == 0 ? 0 : 1, one.operands().size())) {
        PartExpression value = each.get(i).operandOrNull(name);
        // Only logarithms of gates are left out, where the gate is 1.
        operands.put(
            UpdatesShape.name(name, i),
            value == null ? new PartExpression.Constant(span, 0) : value);
      }
    }
    return new Recurrence(
        new UpdatesShape(one, each.size()), operands, each.getFirst().result(), words(each));
  }

  /** The shape with the gates of both. */
  private static RecurrenceShape both(RecurrenceShape a, RecurrenceShape b) {
    if (a instanceof DeltaShape one && b instanceof DeltaShape other) {
      return new DeltaShape(
          one.heads(), one.keyWidth(), one.valueWidth(), one.scale(), one.decay() || other.decay());
    }
    if (a instanceof MemoryShape one && b instanceof MemoryShape other) {
      return new MemoryShape(
          one.heads(),
          one.keyWidth(),
          one.valueWidth(),
          one.scale(),
          one.normalizer(),
          one.inputGate() || other.inputGate(),
          one.forgetGate() || other.forgetGate());
    }
    return a;
  }

  /** A family says its name, its update, its read, its state and its cost. */
  private static List<String> words(List<Recurrence> each) {
    var words = new ArrayList<>(each.getFirst().words());
    words.set(0, "%s, %d updates for each token".formatted(words.getFirst(), each.size()));
    for (int i = 1; i < each.size(); i++) {
      words.add(i + 1, "then " + each.get(i).words().get(1));
    }
    words.add(words.removeLast() + ", for each update");
    return words;
  }
}
