package dev.swax.runtime.kernel.updates;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.recurrence.Recurrences;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link UpdatesShape} by the kernels of one update: operands are laid out as a text of all
 * updates, and what is read after the last update of each token is taken from there. Queries and dy
 * are 0 at the updates before it.
 */
final class UpdatesKernel implements RecurrenceKernel {
  private final Recurrences kernels;
  private final UpdateTokens tokens = new UpdateTokens();

  /** With the kernels that compute one update. */
  UpdatesKernel(Recurrences kernels) {
    this.kernels = kernels;
  }

  @Override
  public void forward(RecurrenceCall call) {
    RecurrenceCall all = all(call);
    kernels.of(all.shape()).forward(all);
    tokens.lastOfEach(tokens.y(), call.results().getFirst());
  }

  @Override
  public void byToken(RecurrenceCall call) {
    RecurrenceCall all = all(call);
    kernels.of(all.shape()).byToken(all);
    tokens.lastOfEach(tokens.y(), call.results().getFirst());
  }

  @Override
  public void gradient(RecurrenceGradientCall of) {
    RecurrenceCall all = all(of.forward());
    tokens.atLast(of.forward().results().getFirst(), tokens.y());
    tokens.atLast(of.dy(), tokens.dy());
    kernels
        .of(all.shape())
        .gradient(new RecurrenceGradientCall(all, tokens.dy(), tokens.gradients(), of.dStates()));
    tokens.lastOfEach(tokens.gradients().getFirst(), of.gradients().getFirst());
    tokens.takeGradients(of.gradients());
  }

  /** The call of all updates, with the operands laid out. */
  private RecurrenceCall all(RecurrenceCall call) {
    var shape = (UpdatesShape) call.shape();
    tokens.begin(shape, call.batch() * call.time());
    tokens.atLast(call.operands().getFirst(), tokens.operands().getFirst());
    tokens.putOperands(call.operands());
    List<Tensor> results = new ArrayList<>(call.results());
    results.set(0, tokens.y());
    return new RecurrenceCall(
        shape.each(),
        tokens.operands(),
        results,
        call.states(),
        call.batch(),
        call.time() * shape.updates(),
        tokens.resets(call.resets()));
  }

  @Override
  public long workspaceBytes() {
    return kernels.workspaceBytes() + tokens.bytes();
  }
}
