package dev.swax.runtime.kernel.columns;

import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * A {@link ColumnsShape} by the kernels of the memory whose rows decay. With A the product of the
 * decays between two tokens, what its loss gets of them is the same sum for both,
 *
 * <pre>
 * scale sum over l <= j of (dy_j * A_jl) . v_l (k_l . q_j)
 * </pre>
 *
 * so that each of the memory of columns is one of the memory of rows whose query is dy, key v,
 * value k and dy q: y is its gradient of the query, the gradient of q its y, that of v its gradient
 * of the key, that of k its gradient of the value.
 */
final class ColumnsKernel implements RecurrenceKernel {
  private final RecurrenceKernel rows;
  private Tensor aside = Tensor.allocate(Arena.ofAuto(), 0);

  /** With the kernels of rows. */
  ColumnsKernel(RecurrenceKernel rows) {
    this.rows = rows;
  }

  /** Numbers that are computed and not wanted, and a copy of the state. */
  static long floats(ColumnsShape shape, int batch, int time) {
    long tokens = (long) batch * time * shape.heads();
    return tokens * (3L * shape.valueWidth() + shape.keyWidth()) + batch * shape.stateNumbers();
  }

  @Override
  public void forward(RecurrenceCall call) {
    var shape = (ColumnsShape) call.shape();
    long values = (long) call.batch() * call.time() * shape.heads() * shape.valueWidth();
    long keys = (long) call.batch() * call.time() * shape.heads() * shape.keyWidth();
    grow(shape, call.batch(), call.time());
    Tensor y = call.results().getFirst();
    Tensor unread = aside.slice(0, keys);
    // Nothing of a query is wanted: zeros stand for it, which y overwrites.
    y.slice(0, values).clear();
    RecurrenceCall turned = turned(call, shape.turned(), y, unread, call.states());
    rows.gradient(
        new RecurrenceGradientCall(
            turned,
            call.operand("q"),
            List.of(y, aside.slice(keys, values), unread, aside.slice(keys + values, values)),
            List.of()));
    if (!call.states().isEmpty()) {
      rows.forward(turned);
    }
  }

  @Override
  public void byToken(RecurrenceCall call) {
    forward(call);
  }

  @Override
  public void gradient(RecurrenceGradientCall of) {
    RecurrenceCall call = of.forward();
    var shape = (ColumnsShape) call.shape();
    grow(shape, call.batch(), call.time());
    long values = (long) call.batch() * call.time() * shape.heads() * shape.valueWidth();
    Tensor unwanted = aside.slice(0, values);
    rows.gradient(
        new RecurrenceGradientCall(
            turned(call, shape.turned(), of.dy(), of.gradient("q"), call.states()),
            call.operand("q"),
            List.of(unwanted, of.gradient("v"), of.gradient("k"), of.gradient("log_decay")),
            of.dStates()));
    rows.forward(turned(call, shape.turned(), of.dy(), of.gradient("q"), copy(call, shape)));
  }

  /** The same text as a memory of rows with that query; what it reads goes to {@code y}. */
  private static RecurrenceCall turned(
      RecurrenceCall call, GlaShape shape, Tensor query, Tensor y, List<Tensor> states) {
    return new RecurrenceCall(
        shape,
        List.of(query, call.operand("v"), call.operand("k"), call.operand("log_decay")),
        List.of(y),
        states,
        call.batch(),
        call.time(),
        call.resets());
  }

  /** The states before the first token, to be overwritten. */
  private List<Tensor> copy(RecurrenceCall call, ColumnsShape shape) {
    if (call.states().isEmpty()) {
      return List.of();
    }
    long length = call.batch() * shape.stateNumbers();
    Tensor copy = aside.slice(aside.length() - length, length);
    copy.segment().copyFrom(call.states().getFirst().slice(0, length).segment());
    return List.of(copy);
  }

  private void grow(ColumnsShape shape, int batch, int time) {
    long length = floats(shape, batch, time);
    if (aside.length() < length) {
      aside = Tensor.allocate(Arena.ofAuto(), length);
    }
  }

  @Override
  public long workspaceBytes() {
    return rows.workspaceBytes() + 4 * aside.length();
  }
}
