package dev.swax.benchmarks.training;

import com.sun.management.OperatingSystemMXBean;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.runtime.evaluate.TaskEvaluator;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.TaskScore;
import dev.swax.runtime.task.text.Prose;
import dev.swax.runtime.task.text.needle.AllNeedles;
import dev.swax.runtime.task.text.needle.Frame;
import dev.swax.runtime.task.text.needle.NeedleOptions;
import dev.swax.runtime.token.ByteTokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Scoring {@code niah} with the quickstart's model, one answer at a time and 16 side by side, by
 * turns: processor time of an example. Arguments: length, room of the answer, examples, rounds and
 * threads. The weights are the first ones, so every answer fills its room.
 */
final class AnswerTimes {
  private static final int WINDOW = 256;
  private static final int[] TEXTS = {1, 16};
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private AnswerTimes() {}

  public static void main(String[] arguments) throws IOException {
    int[] sizes = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    int length = sizes[0];
    var options =
        new NeedleOptions(
            7, Frame.SHORT, NeedleOptions.Start.BEGINNING, NeedleOptions.Order.FIXED, sizes[1]);
    var task = new AllNeedles(length, options, Prose.SHIPPED, ByteTokenizer.BYTES);
    CompiledModel model =
        SwaxModel.compile(
            SwaxModel.plan(
                "hybrid",
                "model hybrid = swax with { width = 128, blocks = 4, heads = 4, window = 256 }\n"));
    try (Kernels kernels = new VectorKernels(sizes[4]);
        Parameters parameters = Parameters.allocate(model.parameterSpecs(), false)) {
      Initialization.initialize(parameters.all(), 1);
      double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
      for (int round = 0; round < sizes[3]; round++) {
        TaskScore first = null;
        for (int side = 0; side < TEXTS.length; side++) {
          try (Program program =
              model.create(kernels, parameters, TEXTS[side], 4096, WINDOW, false)) {
            long start = SYSTEM.getProcessCpuTime();
            TaskScore score = score(task, program, sizes[2]);
            best[side] = Math.min(best[side], (SYSTEM.getProcessCpuTime() - start) / 1e6);
            if (first != null && !first.equals(score)) {
              throw new IllegalStateException("%s and %s".formatted(first, score));
            }
            first = score;
          }
        }
      }
      for (int side = 0; side < TEXTS.length; side++) {
        System.out.printf(
            Locale.ROOT,
            "| %d side by side | %.1f ms an example |%n",
            TEXTS[side],
            best[side] / sizes[2]);
      }
    }
  }

  private static TaskScore score(GenerationTask task, Program program, int examples) {
    int[] windows = new int[program.windowNames().size()];
    Arrays.fill(windows, WINDOW);
    return new TaskEvaluator(program, windows, () -> false, _ -> {})
        .score(task, 1, examples)
        .orElseThrow();
  }
}
