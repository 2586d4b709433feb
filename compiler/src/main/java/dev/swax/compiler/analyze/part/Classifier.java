package dev.swax.compiler.analyze.part;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.PartOutput;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.StateLimit;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.analyze.part.family.Families;
import dev.swax.compiler.analyze.part.family.Family;
import dev.swax.compiler.analyze.part.family.PartAssembly;
import dev.swax.compiler.analyze.part.family.ScanUpdate;
import dev.swax.compiler.analyze.part.family.ScannedStates;
import dev.swax.compiler.analyze.part.family.StateUpdate;
import dev.swax.compiler.analyze.part.family.StatesRead;
import dev.swax.compiler.analyze.part.step.StepAssembly;
import dev.swax.compiler.analyze.part.step.StepCircle;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.Part;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the terms of a body to the family of its state, or to the reports that say why not. */
final class Classifier {
  private final PartBody body;
  private final Families families;

  Classifier(PartBody body) {
    this.body = body;
    families = new Families(body);
  }

  /** The cell, or null after a report of an error. */
  @Nullable Part classify() {
    PartBody.Defined output = body.definitions().get(PartBody.OUTPUT);
    if (!isComplete() || output == null || !PartOutput.fits(body, output)) {
      return null;
    }
    Part trained = trained(output.term());
    if (trained != null || body.failed()) {
      return trained;
    }
    checkStates(output);
    trained = body.failed() ? null : withScans();
    if (trained != null || body.failed()) {
      return trained;
    }
    body.reportReasons();
    return new StepAssembly(body).part(output.term());
  }

  /** The cell whose other states are vectors that are scanned first, or null if that is no way. */
  private @Nullable Part withScans() {
    PartBody.Lines before = body.lines();
    int reasons = body.reasons().size();
    if (!new ScannedStates(body).replace()) {
      return null;
    }
    PartBody.Defined output = Objects.requireNonNull(body.definitions().get(PartBody.OUTPUT));
    Part trained = trained(output.term());
    if (trained == null) {
      body.lines(before);
      body.reasons().subList(0, reasons).clear();
    }
    return trained;
  }

  /** The cell with its trained form, or null after saying why there is none. */
  private @Nullable Part trained(Term output) {
    PartBody.StateVariable state = state();
    if (state == null) {
      return null;
    }
    StateUpdate update = StateUpdate.of(body, state);
    Family family = FamilyCatalog.find(update).orElse(null);
    if (family == null) {
      families.report(update);
    }
    return family == null ? null : family.part(update, output);
  }

  /** What has to hold of states in whatever family they are. */
  private void checkStates(PartBody.Defined output) {
    Set<String> read = StatesRead.of(body, output.term());
    for (PartBody.StateVariable state : body.states().values()) {
      if (!read.contains(state.name())) {
        families.notRead(state);
      }
      StateLimit.fits(body, state);
    }
    PartAssembly.warnOfUnused(body);
  }

  private boolean isComplete() {
    for (PartBody.StateVariable state : body.states().values()) {
      if (!body.updates().containsKey(state.name())) {
        body.report(
            Code.STATE_NOT_UPDATED,
            state.span(),
            "`%s` never gets a next value".formatted(state.name()),
            "%s' = …".formatted(state.name()));
      }
    }
    boolean output = PartOutput.isThere(body);
    return output && !body.failed() && isComputable();
  }

  private boolean isComputable() {
    Term.State circle = new StepCircle(body).find();
    if (circle != null) {
      body.report(
          Code.STATE_NEEDS_ITSELF,
          circle.span(),
          "the next value of `%s` cannot be computed, because it needs itself"
              .formatted(circle.name()),
          "`%s`".formatted(circle.name()));
    }
    return circle == null;
  }

  /**
   * The one vector or the one matrix, or null after saying which family the states make instead.
   */
  private PartBody.@Nullable StateVariable state() {
    PartBody.StateVariable first = body.states().values().iterator().next();
    if (body.states().size() == 1 && first.shape() instanceof Shape.Vector) {
      return first;
    }
    List<PartBody.StateVariable> matrices =
        body.states().values().stream().filter(s -> s.shape() instanceof Shape.Table).toList();
    if (matrices.isEmpty()) {
      vectorStates();
      return null;
    }
    if (matrices.size() > 1) {
      families.general(
          matrices.get(1).span(),
          "`%s` is a second matrix state".formatted(matrices.get(1).name()),
          "one matrix state, with any number of vectors beside it, trains by chunks");
      return null;
    }
    return matrices.getFirst();
  }

  /** Says what keeps several vectors from being scanned, if anything does. */
  private void vectorStates() {
    List<StateUpdate> updates =
        body.states().values().stream().map(state -> StateUpdate.of(body, state)).toList();
    List<StateUpdate> others = updates.stream().filter(u -> !ScanUpdate.isMadeSo(u)).toList();
    if (!others.isEmpty()) {
      families.report(others.getFirst());
    }
  }
}
