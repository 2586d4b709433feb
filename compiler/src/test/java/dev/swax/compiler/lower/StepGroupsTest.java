package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.part.Cells;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recurrent weights are read by several sequences at once where a call has many, and not where it
 * has one: the bits are the same.
 */
class StepGroupsTest {
  private static final long SEED = 1306;
  private static final int TIME = 17;

  /** Tensors of a call: operands, gradients of operands, result, its gradient, states, theirs. */
  private record Run(
      List<Tensor> operands,
      List<Tensor> gradients,
      Tensor y,
      Tensor dy,
      List<Tensor> states,
      List<Tensor> dStates) {}

  @ParameterizedTest
  @CsvSource({
    // Whole vectors on every machine; heads that are computed apart.
    "4, 16, within: head, 7",
    // Heads that read each other.
    "2, 16, gain: 1, 15",
    // Rests of vectors.
    "3, 5, within: head, 9",
    "1, 19, gain: 1, 15"
  })
  void bitsAreThoseOfEachSequenceByItself(int heads, int width, String weights, int batch) {
    StepShape shape = shape(heads, width, weights);
    try (Arena arena = Arena.ofShared();
        Kernels kernels = new VectorKernels(2)) {
      var random = new SplittableRandom(SEED);
      boolean[] resets = new boolean[batch * TIME];
      for (int i = 0; i < resets.length; i++) {
        resets[i] = random.nextInt(8) == 0;
      }
      Run all = random(shape, batch, arena, random);
      Run apart = copy(all, arena);
      call(kernels, shape, all, batch, resets);
      for (int s = 0; s < batch; s++) {
        boolean[] some = Arrays.copyOfRange(resets, s * TIME, (s + 1) * TIME);
        call(kernels, shape, sequence(shape, apart, s, batch), 1, some);
      }
      same(List.of(all.y), List.of(apart.y), "results");
      same(all.states, apart.states, "last states");
      same(all.gradients, apart.gradients, "gradients of operands");
      same(all.dStates, apart.dStates, "gradients of first states");
    }
  }

  private static StepShape shape(int heads, int width, String weights) {
    String body =
        """
        cell c(heads = %d, n = %d) {
          u, f: [n] = linear(x)
          state h: [n]
          state c: [n]
          c' = sigmoid(linear(h, %s) + f) * c + tanh(linear(h, %s, bias: 0.1) + u)
          h' = tanh(c') * sigmoid(u)
          out = linear(h')
        }
        """
            .formatted(heads, width, weights, weights);
    return (StepShape)
        Cells.recurrence(Cells.find(body, "c()", heads * width, 2, new Diagnostics()).orElseThrow())
            .shape();
  }

  /** A pass, and a pass with carried states and back. */
  private static void call(Kernels kernels, StepShape shape, Run run, int batch, boolean[] resets) {
    List<Tensor> results = List.of(run.y);
    var first = new RecurrenceCall(shape, run.operands, results, run.states, batch, TIME, resets);
    kernels.recurrence(first);
    kernels.recurrenceGradient(
        new RecurrenceGradientCall(first, run.dy, run.gradients, run.dStates));
  }

  private static Run random(StepShape shape, int batch, Arena arena, SplittableRandom random) {
    List<Tensor> operands =
        shape.operands().stream()
            .map(name -> random(arena, random, length(shape, name, batch * TIME)))
            .toList();
    List<Tensor> gradients =
        operands.stream().map(operand -> random(arena, random, operand.length())).toList();
    List<Tensor> states =
        shape.states().stream()
            .map(name -> random(arena, random, (long) batch * shape.columns(name)))
            .toList();
    List<Tensor> dStates =
        states.stream().map(state -> random(arena, random, state.length())).toList();
    long numbers = (long) batch * TIME * shape.columns(StepShape.RESULT);
    Tensor dy = random(arena, random, numbers);
    return new Run(operands, gradients, Tensor.allocate(arena, numbers), dy, states, dStates);
  }

  private static long length(StepShape shape, String operand, int tokens) {
    boolean learnt = shape.parameters().contains(operand);
    return (long) shape.columns(operand) * (learnt ? shape.rows(operand) : tokens);
  }

  private static Tensor random(Arena arena, SplittableRandom random, long length) {
    Tensor tensor = Tensor.allocate(arena, length);
    for (long i = 0; i < length; i++) {
      tensor.set(i, (float) (random.nextGaussian() * 0.4));
    }
    return tensor;
  }

  private static Run copy(Run run, Arena arena) {
    return new Run(
        run.operands,
        copy(run.gradients, arena),
        Tensor.allocate(arena, run.y.length()),
        run.dy,
        copy(run.states, arena),
        copy(run.dStates, arena));
  }

  private static List<Tensor> copy(List<Tensor> tensors, Arena arena) {
    return tensors.stream()
        .map(tensor -> {
          Tensor copy = Tensor.allocate(arena, tensor.length());
          copy.segment().copyFrom(tensor.segment());
          return copy;
        })
        .toList();
  }

  /** What a sequence has of all; parameters it has whole. */
  private static Run sequence(StepShape shape, Run all, int sequence, int batch) {
    return new Run(
        operands(shape, all.operands, sequence, batch),
        operands(shape, all.gradients, sequence, batch),
        part(all.y, sequence, batch),
        part(all.dy, sequence, batch),
        all.states.stream().map(state -> part(state, sequence, batch)).toList(),
        all.dStates.stream().map(state -> part(state, sequence, batch)).toList());
  }

  private static List<Tensor> operands(
      StepShape shape, List<Tensor> tensors, int sequence, int batch) {
    return IntStream.range(0, tensors.size())
        .mapToObj(i ->
            shape.parameters().contains(shape.operands().get(i))
                ? tensors.get(i)
                : part(tensors.get(i), sequence, batch))
        .toList();
  }

  private static Tensor part(Tensor tensor, int sequence, int batch) {
    long length = tensor.length() / batch;
    return tensor.slice(sequence * length, length);
  }

  private static void same(List<Tensor> found, List<Tensor> wanted, String what) {
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(found.get(i).segment().mismatch(wanted.get(i).segment()))
          .as("%s, tensor %d, seed %d", what, i, SEED)
          .isEqualTo(-1);
    }
  }
}
