package dev.swax.runtime.kernel.matrix;

import dev.swax.runtime.kernel.MixerData;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Seeded inputs, state and the outputs of one memory. Keys are about 1 long. */
public final class MatrixCase {
  final MatrixShape shape;
  final int batch;
  final int time;
  boolean @Nullable [] resets;
  final SequencedMap<String, Tensor> operands = new LinkedHashMap<>();
  final SequencedMap<String, Tensor> gradients = new LinkedHashMap<>();
  final Tensor y;
  final Tensor state;
  final Tensor initialState;
  final Tensor dy;
  final Tensor dState;

  public MatrixCase(Arena arena, MatrixShape shape, int batch, int time, long seed) {
    var random = new SplittableRandom(seed);
    this.shape = shape;
    this.batch = batch;
    this.time = time;
    for (String name : shape.operands()) {
      Tensor x = MixerData.normal(arena, random, batch * time * shape.columns(name));
      for (int i = 0; i < x.length(); i++) {
        x.set(i, made(name, x.get(i), random));
      }
      operands.put(name, x);
      gradients.put(name, MixerData.unwritten(arena, (int) x.length()));
    }
    int values = batch * time * shape.columns("y");
    dy = MixerData.normal(arena, random, values);
    y = MixerData.unwritten(arena, values);
    state = Tensor.allocate(arena, (long) batch * shape.columns("state"));
    initialState = Tensor.allocate(arena, state.length());
    dState = Tensor.allocate(arena, state.length());
  }

  /** Decays around sigmoid(2), now and then nearly 0. */
  private float made(String name, float normal, SplittableRandom random) {
    return switch (name) {
      case "k", "w" -> (float) (normal / Math.sqrt(shape.keyWidth()));
      case "u" -> (float) (-0.5 * normal / Math.sqrt(shape.keyWidth()));
      case "erase" -> (float) (0.9 / (1 + Math.exp(-normal)));
      case "write" -> (float) (1 / (1 + Math.exp(-normal)));
      case "log_decay" -> {
        double gate = random.nextInt(20) == 0 ? -20 : 2 + 2 * normal;
        yield (float) -Math.log1p(Math.exp(-gate));
      }
      default -> normal;
    };
  }

  public Tensor operand(String name) {
    return Objects.requireNonNull(operands.get(name));
  }

  public Tensor y() {
    return y;
  }

  public Tensor gradient(String name) {
    return Objects.requireNonNull(gradients.get(name));
  }

  /** A state to begin with and a gradient of the last state. */
  MatrixCase withState(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < state.length(); i++) {
      initialState.set(i, (float) random.nextGaussian());
      dState.set(i, (float) random.nextGaussian());
    }
    return this;
  }

  MatrixCase cutDocuments(long seed, int meanLength) {
    var random = new SplittableRandom(seed);
    boolean[] starts = new boolean[batch * time];
    for (int row = 0; row < starts.length; row++) {
      starts[row] = random.nextInt(meanLength) == 0;
    }
    resets = starts;
    return this;
  }

  private void restart() {
    state.segment().copyFrom(initialState.segment());
  }

  public MatrixCase forward(RecurrenceKernel kernel) {
    restart();
    kernel.forward(call(state));
    return this;
  }

  MatrixCase byToken(RecurrenceKernel kernel) {
    restart();
    kernel.byToken(call(state));
    return this;
  }

  public MatrixCase gradient(RecurrenceKernel kernel) {
    kernel.gradient(gradientCall());
    return this;
  }

  /** Calls that are made beforehand, so that running them shows what kernels allocate. */
  Runnable forwardAndBack(RecurrenceKernel kernel) {
    RecurrenceCall forward = call(state);
    RecurrenceGradientCall gradient = gradientCall();
    return () -> {
      restart();
      kernel.forward(forward);
      kernel.byToken(forward);
      kernel.gradient(gradient);
    };
  }

  private RecurrenceCall call(Tensor states) {
    return new RecurrenceCall(
        shape, List.copyOf(operands.values()), List.of(y), List.of(states), batch, time, resets);
  }

  private RecurrenceGradientCall gradientCall() {
    return new RecurrenceGradientCall(
        call(initialState), dy, List.copyOf(gradients.values()), List.of(dState));
  }

  /** Walks pieces of the given lengths, of a batch of one, with the state carried. */
  MatrixCase walk(RecurrenceKernel kernel, int... lengths) {
    restart();
    int from = 0;
    for (int length : lengths) {
      int first = from;
      boolean @Nullable [] starts =
          resets == null ? null : Arrays.copyOfRange(resets, from, from + length);
      kernel.forward(
          new RecurrenceCall(
              shape,
              shape.operands().stream()
                  .map(name -> rows(operand(name), shape.columns(name), first, length))
                  .toList(),
              List.of(rows(y, shape.columns("y"), first, length)),
              List.of(state),
              1,
              length,
              starts));
      from += length;
    }
    return this;
  }

  private static Tensor rows(Tensor x, int columns, int from, int length) {
    return x.slice((long) from * columns, (long) length * columns);
  }
}
