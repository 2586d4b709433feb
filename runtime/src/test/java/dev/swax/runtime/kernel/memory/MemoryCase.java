package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.MixerData;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Seeded inputs, state and the outputs of one memory. */
public final class MemoryCase {
  final MemoryShape shape;
  final int batch;
  final int time;
  boolean @Nullable [] resets;
  final Tensor q;
  final Tensor k;
  final Tensor v;
  final @Nullable Tensor logInput;
  final @Nullable Tensor logForget;
  final Tensor y;
  final Tensor divisor;
  final Tensor rowMax;
  final Tensor state;
  final Tensor stateMax;
  final Tensor initialState;
  final Tensor initialStateMax;
  final Tensor dy;
  final Tensor dq;
  final Tensor dk;
  final Tensor dv;
  final @Nullable Tensor dLogInput;
  final @Nullable Tensor dLogForget;
  final Tensor dState;
  private final Arena arena;

  public MemoryCase(Arena arena, MemoryShape shape, int batch, int time, long seed) {
    var random = new SplittableRandom(seed);
    this.arena = arena;
    this.shape = shape;
    this.batch = batch;
    this.time = time;
    int gates = batch * time * shape.heads();
    int keys = gates * shape.keyWidth();
    int values = gates * shape.valueWidth();
    boolean sum = shape.normalizer() == MemoryShape.Normalizer.SUM;
    q = sum ? positive(arena, random, keys) : MixerData.normal(arena, random, keys);
    k = sum ? positive(arena, random, keys) : MixerData.normal(arena, random, keys);
    v = MixerData.normal(arena, random, values);
    logInput = shape.inputGate() ? MixerData.normal(arena, random, gates) : null;
    logForget = shape.forgetGate() ? logSigmoids(arena, random, gates) : null;
    dy = MixerData.normal(arena, random, values);
    y = MixerData.unwritten(arena, values);
    divisor = MixerData.unwritten(arena, gates);
    rowMax = MixerData.unwritten(arena, gates);
    state = Tensor.allocate(arena, (long) batch * shape.stateSize());
    stateMax = Tensor.allocate(arena, (long) batch * shape.heads());
    initialState = Tensor.allocate(arena, state.length());
    initialStateMax = Tensor.allocate(arena, stateMax.length());
    dState = Tensor.allocate(arena, state.length());
    dq = MixerData.unwritten(arena, keys);
    dk = MixerData.unwritten(arena, keys);
    dv = MixerData.unwritten(arena, values);
    dLogInput = shape.inputGate() ? MixerData.unwritten(arena, gates) : null;
    dLogForget = shape.forgetGate() ? MixerData.unwritten(arena, gates) : null;
  }

  private static Tensor positive(Arena arena, SplittableRandom random, int length) {
    Tensor x = MixerData.normal(arena, random, length);
    for (int i = 0; i < length; i++) {
      x.set(i, Math.abs(x.get(i)) + 0.1f);
    }
    return x;
  }

  /** Forget gates around sigmoid(2), now and then nearly closed. */
  private static Tensor logSigmoids(Arena arena, SplittableRandom random, int length) {
    Tensor x = Tensor.allocate(arena, length);
    for (int i = 0; i < length; i++) {
      double gate = random.nextInt(20) == 0 ? -20 : 2 + 2 * random.nextGaussian();
      x.set(i, (float) -Math.log1p(Math.exp(-gate)));
    }
    return x;
  }

  /** A state to begin with and a gradient of the last state. */
  MemoryCase withState(long seed) {
    var random = new SplittableRandom(seed);
    boolean sum = shape.normalizer() == MemoryShape.Normalizer.SUM;
    for (int i = 0; i < state.length(); i++) {
      float value = (float) random.nextGaussian();
      initialState.set(i, sum ? Math.abs(value) : value);
      dState.set(i, (float) random.nextGaussian());
    }
    if (shape.inputGate()) {
      for (int i = 0; i < stateMax.length(); i++) {
        initialStateMax.set(i, (float) random.nextGaussian());
      }
    }
    return this;
  }

  MemoryCase cutDocuments(long seed, int meanLength) {
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
    stateMax.segment().copyFrom(initialStateMax.segment());
  }

  MemoryCase scalarForward() {
    return forward(new ScalarMemory());
  }

  MemoryCase scalarGradient() {
    return gradient(new ScalarMemory());
  }

  public MemoryCase forward(RecurrenceKernel memory) {
    restart();
    memory.forward(call(List.of(state, stateMax)));
    return this;
  }

  MemoryCase byToken(RecurrenceKernel memory) {
    restart();
    memory.byToken(call(List.of(state, stateMax)));
    return this;
  }

  public MemoryCase gradient(RecurrenceKernel memory) {
    memory.gradient(gradientCall());
    return this;
  }

  /** Calls that are made beforehand, so that running them shows what kernels allocate. */
  Runnable forwardAndBack(RecurrenceKernel memory) {
    RecurrenceCall forward = call(List.of(state, stateMax));
    RecurrenceGradientCall gradient = gradientCall();
    return () -> {
      restart();
      memory.forward(forward);
      memory.byToken(forward);
      memory.gradient(gradient);
    };
  }

  private RecurrenceCall call(List<Tensor> states) {
    return new RecurrenceCall(
        shape,
        present(q, k, v, logInput, logForget),
        List.of(y, divisor, rowMax),
        states,
        batch,
        time,
        resets);
  }

  private RecurrenceGradientCall gradientCall() {
    return new RecurrenceGradientCall(
        call(List.of(initialState, initialStateMax)),
        dy,
        present(dq, dk, dv, dLogInput, dLogForget),
        List.of(dState));
  }

  private static List<Tensor> present(@Nullable Tensor... tensors) {
    List<Tensor> present = new ArrayList<>();
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        present.add(tensor);
      }
    }
    return present;
  }

  /** Walks pieces of the given lengths, of a batch of one, with the state carried. */
  MemoryCase walk(RecurrenceKernel memory, int... lengths) {
    restart();
    int from = 0;
    for (int length : lengths) {
      int heads = shape.heads();
      boolean @Nullable [] starts =
          resets == null ? null : Arrays.copyOfRange(resets, from, from + length);
      memory.forward(
          new RecurrenceCall(
              shape,
              present(
                  q.slice((long) from * heads * shape.keyWidth(), width(length, true)),
                  k.slice((long) from * heads * shape.keyWidth(), width(length, true)),
                  v.slice((long) from * heads * shape.valueWidth(), width(length, false)),
                  slice(logInput, from, length),
                  slice(logForget, from, length)),
              List.of(
                  y.slice((long) from * heads * shape.valueWidth(), width(length, false)),
                  Tensor.allocate(arena, (long) length * heads),
                  Tensor.allocate(arena, (long) length * heads)),
              List.of(state, stateMax),
              1,
              length,
              starts));
      from += length;
    }
    return this;
  }

  private long width(int length, boolean key) {
    return (long) length * shape.heads() * (key ? shape.keyWidth() : shape.valueWidth());
  }

  private @Nullable Tensor slice(@Nullable Tensor gate, int from, int length) {
    return gate == null
        ? null
        : gate.slice((long) from * shape.heads(), (long) length * shape.heads());
  }
}
