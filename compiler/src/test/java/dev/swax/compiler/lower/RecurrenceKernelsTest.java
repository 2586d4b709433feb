package dev.swax.compiler.lower;

import static dev.swax.compiler.interpret.FiniteDifferences.normal;

import dev.swax.compiler.analyze.part.Cells;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.columns.ColumnsShape;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.dplr.DplrShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.updates.UpdatesShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The recurrences of the standard cells: the kernels, as they train and token by token, against
 * their meaning in double.
 */
class RecurrenceKernelsTest {
  private static final long SEED = 99;
  private static final int BATCH = 2;

  static Stream<Arguments> cases() {
    return Stream.of(
            "mlstm",
            "linear_attention",
            "retention",
            "simple_gla",
            "min_gru",
            "delta_net",
            "gated_delta",
            "delta_product",
            "gla",
            "hgrn2",
            "rg_lru",
            "kda",
            "rwkv7")
        .flatMap(cell -> Stream.of(1, 17, 64, 65, 150).map(time -> Arguments.of(cell, time)));
  }

  @ParameterizedTest(name = "{0}, {1} tokens")
  @MethodSource("cases")
  void kernelsAreTheRecurrence(String cell, int time) {
    check(Cells.recurrence(Cells.standard(cell, 2, 24, 2)).shape(), time);
  }

  private static void check(RecurrenceShape shape, int time) {
    List<Matrix> operands = operands(shape, time);
    boolean[] starts = new boolean[BATCH * time];
    starts[time / 3] = true;
    starts[0] = true;
    var check = new RecurrenceCheck(shape, operands, starts, BATCH, time, "seed " + SEED);
    try (Kernels scalar = new ScalarKernels();
        Kernels vector = new VectorKernels(2)) {
      check.compare(scalar);
      check.compare(vector);
    }
  }

  /** No cell of the library is of this family. */
  @ParameterizedTest
  @ValueSource(ints = {1, 17, 64, 65, 150})
  void decaysOfColumnsAreTheRecurrence(int time) {
    check(new ColumnsShape(2, 5, 9, 0.5f), time);
  }

  /** Values that fp32 holds exactly. */
  private static List<Matrix> operands(RecurrenceShape shape, int time) {
    var random = new SplittableRandom(SEED);
    boolean positive = shape instanceof MemoryShape memory && memory.normalizer() == Normalizer.SUM;
    var operands = new ArrayList<Matrix>();
    boolean unit =
        shape instanceof DeltaShape || shape instanceof DplrShape || shape instanceof UpdatesShape;
    for (String name : shape.operands()) {
      Matrix operand = operand(name, random, BATCH * time, shape.columns(name), positive);
      operands.add(
          unit && List.of("k", "k_2", "u", "w").contains(name)
              ? shorter(operand, shape.stateRows())
              : operand);
    }
    operands.add(normal(random, BATCH * time, shape.columns(shape.results().getFirst()), 0, 1));
    for (Matrix operand : operands) {
      for (int i = 0; i < operand.values().length; i++) {
        operand.values()[i] = (float) operand.values()[i];
      }
    }
    return operands;
  }

  /** Keys that are about 1 long: with longer ones the state of a delta rule grows. */
  private static Matrix shorter(Matrix keys, int width) {
    for (int i = 0; i < keys.values().length; i++) {
      keys.values()[i] /= Math.sqrt(width);
    }
    return keys;
  }

  private static Matrix operand(
      String name, SplittableRandom random, int rows, int columns, boolean positive) {
    return switch (name) {
      case "q", "k" -> normal(random, rows, columns, positive ? 2 : 0, positive ? 0.3 : 1);
      case "log_input" -> normal(random, rows, columns, -2, 1);
      case "log_forget" -> normal(random, rows, columns, -0.1, 0.03);
      case "erase", "write", "erase_2", "write_2" -> normal(random, rows, columns, 0.5, 0.1);
      case "log_decay", "log_decay_2" -> normal(random, rows, columns, -0.1, 0.03);
      case "decay" -> normal(random, rows, columns, 0.7, 0.1);
      default -> normal(random, rows, columns, 0, 1);
    };
  }
}
