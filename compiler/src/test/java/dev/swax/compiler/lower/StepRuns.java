package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The kernels of a step on random numbers, with a document border and carried states. */
final class StepRuns {
  private static final int BATCH = 3;

  private final StepShape shape;
  private final int time;
  private final long seed;

  StepRuns(StepShape shape, int time, long seed) {
    this.shape = shape;
    this.time = time;
    this.seed = seed;
  }

  void check() {
    try (Arena arena = Arena.ofShared();
        Kernels scalar = new ScalarKernels();
        Kernels one = new VectorKernels(1);
        Kernels three = new VectorKernels(3)) {
      List<Tensor> wanted = run(scalar, arena);
      List<Tensor> found = run(one, arena);
      List<Tensor> other = run(three, arena);
      run(one, arena); // what is held from the call before changes nothing
      for (int i = 0; i < wanted.size(); i++) {
        close(found.get(i), wanted.get(i), "tensor " + i);
        same(other.get(i), found.get(i), "on three threads, tensor " + i);
      }
      List<Tensor> again = run(one, arena);
      for (int i = 0; i < wanted.size(); i++) {
        same(again.get(i), found.get(i), "again, tensor " + i);
      }
    }
  }

  /** The result, the last states, the gradients of operands and of the first states. */
  private List<Tensor> run(Kernels kernels, Arena arena) {
    var random = new SplittableRandom(seed);
    boolean[] resets = new boolean[BATCH * time];
    resets[time / 2] = time > 2;
    resets[time] = true;
    List<Tensor> operands = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (String name : shape.operands()) {
      boolean learnt = shape.parameters().contains(name);
      long length = (learnt ? shape.rows(name) : BATCH * time) * (long) shape.columns(name);
      operands.add(random(arena, random, length, learnt ? 0.5 : 1));
      gradients.add(learnt ? random(arena, random, length, 1) : Tensor.allocate(arena, length));
    }
    List<Tensor> states = new ArrayList<>();
    List<Tensor> first = new ArrayList<>();
    List<Tensor> dStates = new ArrayList<>();
    for (String name : shape.states()) {
      Tensor state = random(arena, random, (long) BATCH * shape.columns(name), 0.3);
      first.add(state);
      states.add(copy(arena, state));
      dStates.add(random(arena, random, state.length(), 0.5));
    }
    long length = (long) BATCH * time * shape.columns(StepShape.RESULT);
    Tensor y = Tensor.allocate(arena, length);
    Tensor dy = random(arena, random, length, 1);
    List<Tensor> results = List.of(y);
    kernels.recurrence(new RecurrenceCall(shape, operands, results, states, BATCH, time, resets));
    var forward = new RecurrenceCall(shape, operands, results, first, BATCH, time, resets);
    kernels.recurrenceGradient(new RecurrenceGradientCall(forward, dy, gradients, dStates));
    var all = new ArrayList<Tensor>(results);
    all.addAll(states);
    all.addAll(gradients);
    all.addAll(dStates);
    return all;
  }

  private static Tensor random(Arena arena, SplittableRandom random, long length, double scale) {
    Tensor tensor = Tensor.allocate(arena, length);
    for (long i = 0; i < length; i++) {
      tensor.set(i, (float) (random.nextGaussian() * scale));
    }
    return tensor;
  }

  private static Tensor copy(Arena arena, Tensor of) {
    Tensor copy = Tensor.allocate(arena, of.length());
    copy.segment().copyFrom(of.segment());
    return copy;
  }

  private void close(Tensor found, Tensor wanted, String what) {
    double largest = 1;
    for (long i = 0; i < wanted.length(); i++) {
      largest = Math.max(largest, Math.abs(wanted.get(i)));
    }
    for (long i = 0; i < wanted.length(); i++) {
      assertThat((double) found.get(i))
          .as("%s, number %d, %d tokens, seed %d", what, i, time, seed)
          .isCloseTo(wanted.get(i), within(2e-4 * largest));
    }
  }

  private static void same(Tensor found, Tensor wanted, String what) {
    assertThat(found.segment().mismatch(wanted.segment())).as(what).isEqualTo(-1);
  }
}
