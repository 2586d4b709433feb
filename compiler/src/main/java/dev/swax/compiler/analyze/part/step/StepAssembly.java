package dev.swax.compiler.analyze.part.step;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.PartReports;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.analyze.part.family.PartAssembly;
import dev.swax.compiler.analyze.part.family.RecurrenceWords;
import dev.swax.compiler.analyze.part.family.StateOperations;
import dev.swax.compiler.analyze.part.family.StateUpdate;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.Recurrence;
import dev.swax.compiler.step.StepGradient;
import dev.swax.compiler.step.StepWriter;
import dev.swax.compiler.step.StepWriter.View;
import dev.swax.runtime.kernel.step.StepShape;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a cell together that is trained token by token: its step is what the body says. */
public final class StepAssembly {
  private final PartBody body;
  private final StepWriter out = new StepWriter();
  private final StepExpressions expressions;

  public StepAssembly(PartBody body) {
    this.body = body;
    expressions = new StepExpressions(body, out);
  }

  /** The cell that is read so, or null after a report of an error. */
  public @Nullable Part part(Term output) {
    PartBody.StateVariable first = body.states().values().iterator().next();
    var terms = new StepTerms(body, out, expressions);
    Term core = StepCore.of(output);
    var readout = new StepReadout(body, first, core);
    PartExpression result = Objects.requireNonNull(readout.convert(output));
    View y = terms.of(core);
    out.output(StepShape.RESULT, y);
    for (String state : body.states().keySet()) {
      out.output(state + "'", terms.next(state));
    }
    if (body.failed()) {
      return null;
    }
    expressions.requireOperand(output.span());
    var recurrence =
        new Recurrence(shape(output), expressions.operands(), readout.result(), words(output));
    return new PartAssembly(StateUpdate.of(body, first)).part(recurrence, readout, result);
  }

  private StepShape shape(Term output) {
    return new StepShape(body.heads(), operations(output), out.program(), StepGradient.of(out));
  }

  private long operations(Term output) {
    return StateOperations.perHead(body, output) * body.heads();
  }

  private List<String> words(Term output) {
    Diagnostic reason = body.reasons().getFirst();
    var words =
        RecurrenceWords.tokenByToken(
            reason.message(), PartReports.isOfLibrary(reason) ? null : reason.help());
    long numbers = 0;
    for (PartBody.StateVariable state : body.states().values()) {
      Term update = Objects.requireNonNull(body.updates().get(state.name()));
      words.line("%s' = %s", state.name(), update.span().words());
      numbers += (long) body.heads() * state.shape().size();
    }
    String sizes =
        body.states().values().stream()
            .map(state -> size(state.shape()))
            .collect(Collectors.joining(" + "));
    return words
        .state("%s x (%s)".formatted(body.heads(), sizes), numbers, "")
        .line("one token, recurrent: %,d operations beside the projections", operations(output))
        .lines();
  }

  private static String size(Shape shape) {
    return shape instanceof Shape.Table(int rows, int columns)
        ? "[%s, %s]".formatted(rows, columns)
        : "[%s]".formatted(shape.size());
  }
}
