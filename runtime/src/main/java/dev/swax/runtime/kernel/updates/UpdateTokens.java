package dev.swax.runtime.kernel.updates;

import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of all updates, with as many rows for each token as there are updates: operands, their
 * gradients, y and dy. It grows to the largest call and allocates nothing after that.
 */
final class UpdateTokens {
  private @Nullable UpdatesShape shape;
  private int tokens;
  private int updates = 1;
  private long taken;
  private Tensor memory = Tensor.allocate(Arena.ofAuto(), 0);
  private List<Tensor> operands = List.of();
  private List<Tensor> gradients = List.of();
  private Tensor y = memory;
  private Tensor dy = memory;
  private boolean[] resets = {};

  /** Numbers of a row. */
  static long columns(RecurrenceShape each) {
    long operands = each.operands().stream().mapToLong(each::columns).sum();
    return 2 * (operands + each.columns(each.results().getFirst()));
  }

  /** Makes room for so many tokens. */
  void begin(UpdatesShape of, int rows) {
    if (of.equals(shape) && rows == tokens) {
      return;
    }
    shape = of;
    tokens = rows;
    updates = of.updates();
    RecurrenceShape each = of.each();
    long length = columns(each) * rows * updates;
    if (memory.length() < length) {
      memory = Tensor.allocate(Arena.ofAuto(), length);
    }
    taken = 0;
    operands = each.operands().stream().map(name -> take(each.columns(name))).toList();
    gradients = each.operands().stream().map(name -> take(each.columns(name))).toList();
    int values = each.columns(each.results().getFirst());
    y = take(values);
    dy = take(values);
  }

  private Tensor take(int columns) {
    long length = (long) columns * tokens * updates;
    taken += length;
    return memory.slice(taken - length, length);
  }

  List<Tensor> operands() {
    return operands;
  }

  List<Tensor> gradients() {
    return gradients;
  }

  Tensor y() {
    return y;
  }

  Tensor dy() {
    return dy;
  }

  /** The operands of each update but q, which is first, to its rows. */
  void putOperands(List<Tensor> from) {
    for (int i = 1; i < from.size(); i++) {
      Tensor all = operands.get(operand(i));
      copy(from.get(i), 1, 0, all, updates, update(i), rowBytes(all));
    }
  }

  /** The opposite of {@link #putOperands}, for gradients. */
  void takeGradients(List<Tensor> to) {
    for (int i = 1; i < to.size(); i++) {
      Tensor all = gradients.get(operand(i));
      copy(all, updates, update(i), to.get(i), 1, 0, rowBytes(all));
    }
  }

  private int operand(int i) {
    return 1 + (i - 1) % (operands.size() - 1);
  }

  private int update(int i) {
    return (i - 1) / (operands.size() - 1);
  }

  /** A value of each token to its last update; zeros at the others. */
  void atLast(Tensor from, Tensor to) {
    to.clear();
    copy(from, 1, 0, to, updates, updates - 1, rowBytes(to));
  }

  /** What is at the last update of each token. */
  void lastOfEach(Tensor from, Tensor to) {
    copy(from, updates, updates - 1, to, 1, 0, rowBytes(from));
  }

  /** Of a value of all updates, which is just as long as they need. */
  private long rowBytes(Tensor all) {
    return all.segment().byteSize() / ((long) tokens * updates);
  }

  /** Row {@code fromFirst + t * fromStep} to row {@code toFirst + t * toStep}, of each token t. */
  private void copy(
      Tensor from, int fromStep, int fromFirst, Tensor to, int toStep, int toFirst, long bytes) {
    MemorySegment source = from.segment();
    MemorySegment target = to.segment();
    for (long t = 0; t < tokens; t++) {
      MemorySegment.copy(
          source,
          (fromFirst + t * fromStep) * bytes,
          target,
          (toFirst + t * toStep) * bytes,
          bytes);
    }
  }

  /** A document begins with the first update of its first token. */
  boolean @Nullable [] resets(boolean @Nullable [] of) {
    if (of == null) {
      return null;
    }
    if (resets.length < of.length * updates) {
      resets = new boolean[of.length * updates];
    }
    Arrays.fill(resets, false);
    for (int t = 0; t < of.length; t++) {
      resets[t * updates] = of[t];
    }
    return resets;
  }

  long bytes() {
    return 4 * memory.length() + resets.length;
  }
}
