package dev.swax.runtime.kernel.conv;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Convolutions row by row, in vectors of channels; same meaning as {@link ScalarConv}, in fp32 with
 * fused products. Each part of the rows has a sum of its own for the gradient of the weights; they
 * are added in order.
 */
final class VectorConv implements RecurrenceKernel {
  private static final int LANES = SPECIES.length();

  private final RowPartition partition;
  private final ConvCall call = new ConvCall();
  private final RowTask forward = this::forward;
  private final RowTask backward = this::backward;
  private float[] partial = {};

  VectorConv(Team team) {
    partition = new RowPartition(team);
  }

  /** Floats that a pass and its gradient hold. */
  static long floats(ConvShape shape, int batch, int time) {
    int rows = batch * time;
    return rows + (long) RowPartition.mostParts(rows) * shape.width() * shape.channels();
  }

  @Override
  public void forward(RecurrenceCall of) {
    call.bind(of);
    partition.run(call.rows(), forward);
    call.keepLast();
  }

  @Override
  public void byToken(RecurrenceCall of) {
    forward(of);
  }

  private void forward(int part, int from, int to) {
    MemorySegment weight = call.weight.segment();
    MemorySegment input = call.input.segment();
    MemorySegment y = call.y.segment();
    for (int row = from; row < to; row++) {
      long at = call.at(row);
      int seen = call.seen(row);
      product(weight, 0, input, at, y, at);
      for (int j = 1; j <= seen; j++) {
        addProduct(weight, call.at(j), input, call.at(row - j), y, at);
      }
      Tensor state = call.state;
      for (int j = seen + 1; state != null && j <= call.reach(row); j++) {
        addProduct(weight, call.at(j), state.segment(), call.inState(row, j), y, at);
      }
    }
  }

  @Override
  public void gradient(RecurrenceGradientCall of) {
    call.bind(of);
    int size = call.width * call.channels;
    int parts = RowPartition.parts(call.rows());
    if (partial.length < parts * size) {
      partial = new float[parts * size];
    }
    Arrays.fill(partial, 0, parts * size, 0);
    partition.run(call.rows(), backward);
    for (int part = 0; part < parts; part++) {
      addPart(part * size, size);
    }
    firstStates();
  }

  private void addPart(int from, int size) {
    Tensor dWeight = call.dWeight;
    for (int i = 0; i < size; i++) {
      dWeight.set(i, dWeight.get(i) + partial[from + i]);
    }
  }

  private void backward(int part, int from, int to) {
    MemorySegment dy = call.dy.segment();
    MemorySegment input = call.input.segment();
    int sum = part * call.width * call.channels;
    for (int row = from; row < to; row++) {
      inputGradient(row);
      int seen = call.seen(row);
      for (int j = 0; j <= seen; j++) {
        sumProduct(dy, call.at(row), input, call.at(row - j), sum + j * call.channels);
      }
      Tensor state = call.state;
      for (int j = seen + 1; state != null && j <= call.reach(row); j++) {
        sumProduct(
            dy, call.at(row), state.segment(), call.inState(row, j), sum + j * call.channels);
      }
    }
  }

  private void inputGradient(int row) {
    MemorySegment weight = call.weight.segment();
    MemorySegment dy = call.dy.segment();
    MemorySegment dInput = call.dInput.segment();
    product(weight, 0, dy, call.at(row), dInput, call.at(row));
    int seenBy = call.seenBy(row);
    for (int j = 1; j <= seenBy; j++) {
      addProduct(weight, call.at(j), dy, call.at(row + j), dInput, call.at(row));
    }
    Tensor dState = call.dState;
    long last = dState == null ? -1 : call.inNextState(row / call.time, row % call.time);
    for (int c = 0; dState != null && last >= 0 && c < call.channels; c++) {
      long at = call.at(row) + c;
      call.dInput.set(at, call.dInput.get(at) + dState.get(last + c));
    }
  }

  /** Gradients of the tokens of the first states, the newest first: the last states are read. */
  private void firstStates() {
    Tensor dState = call.dState;
    for (int sequence = 0; dState != null && sequence < call.batch; sequence++) {
      int first = sequence * call.time;
      for (int t = -1; t > -call.width; t--) {
        long last = call.inNextState(sequence, t);
        long to = call.inState(first, -t);
        for (int c = 0; c < call.channels; c++) {
          dState.set(to + c, last < 0 ? 0 : dState.get(last + c));
        }
        for (int later = 0; later < Math.min(call.time, call.width + t); later++) {
          int row = first + later;
          if (later - t <= call.reach(row)) {
            addProduct(
                call.weight.segment(),
                call.at(later - t),
                call.dy.segment(),
                call.at(row),
                dState.segment(),
                to);
          }
        }
      }
    }
  }

  /** {@code to = a b}, for all channels. */
  private void product(
      MemorySegment a, long aAt, MemorySegment b, long bAt, MemorySegment to, long at) {
    int channels = call.channels;
    int c = 0;
    for (; c <= channels - LANES; c += LANES) {
      load(a, aAt + c).mul(load(b, bAt + c)).intoMemorySegment(to, 4 * (at + c), ORDER);
    }
    if (c < channels) {
      VectorMask<Float> here = SPECIES.indexInRange(c, channels);
      load(a, aAt + c, here)
          .mul(load(b, bAt + c, here))
          .intoMemorySegment(to, 4 * (at + c), ORDER, here);
    }
  }

  /** {@code to += a b}, for all channels. */
  private void addProduct(
      MemorySegment a, long aAt, MemorySegment b, long bAt, MemorySegment to, long at) {
    int channels = call.channels;
    int c = 0;
    for (; c <= channels - LANES; c += LANES) {
      load(a, aAt + c)
          .fma(load(b, bAt + c), load(to, at + c))
          .intoMemorySegment(to, 4 * (at + c), ORDER);
    }
    if (c < channels) {
      VectorMask<Float> here = SPECIES.indexInRange(c, channels);
      load(a, aAt + c, here)
          .fma(load(b, bAt + c, here), load(to, at + c, here))
          .intoMemorySegment(to, 4 * (at + c), ORDER, here);
    }
  }

  /** The same into the sum of a part. */
  private void sumProduct(MemorySegment a, long aAt, MemorySegment b, long bAt, int at) {
    int channels = call.channels;
    int c = 0;
    for (; c <= channels - LANES; c += LANES) {
      load(a, aAt + c)
          .fma(load(b, bAt + c), FloatVector.fromArray(SPECIES, partial, at + c))
          .intoArray(partial, at + c);
    }
    if (c < channels) {
      VectorMask<Float> here = SPECIES.indexInRange(c, channels);
      load(a, aAt + c, here)
          .fma(load(b, bAt + c, here), FloatVector.fromArray(SPECIES, partial, at + c, here))
          .intoArray(partial, at + c, here);
    }
  }

  private static FloatVector load(MemorySegment from, long at) {
    return FloatVector.fromMemorySegment(SPECIES, from, 4 * at, ORDER);
  }

  private static FloatVector load(MemorySegment from, long at, VectorMask<Float> here) {
    return FloatVector.fromMemorySegment(SPECIES, from, 4 * at, ORDER, here);
  }

  @Override
  public long workspaceBytes() {
    return call.bytes() + (long) Float.BYTES * partial.length;
  }
}
