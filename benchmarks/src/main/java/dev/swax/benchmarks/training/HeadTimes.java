package dev.swax.benchmarks.training;

import com.sun.management.OperatingSystemMXBean;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A training step whose head stores all logits beside one whose head takes 512 rows at a time, by
 * turns: processor time and buffers. Arguments: vocabulary, width, tokens of a step, rounds and
 * threads.
 */
final class HeadTimes {
  private static final int SEQUENCE = 512;
  private static final int WARM_UP = 2;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private HeadTimes() {}

  public static void main(String[] arguments) throws IOException {
    int[] sizes = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    ModelPlan blocks =
        SwaxModel.plan(
            "head",
            "model head = small with { vocab = %d, width = %d, blocks = 2, layers = blocks * [local] }%n"
                .formatted(sizes[0], sizes[1]));
    ModelPlan whole = blocks.withHeadRows(0);
    int batch = sizes[2] / SEQUENCE;
    CompiledModel[] models = {SwaxModel.compile(whole), SwaxModel.compile(blocks)};
    try (Kernels kernels = new VectorKernels(sizes[4]);
        Parameters parameters = Parameters.allocate(models[0].parameterSpecs(), true);
        Program first = models[0].create(kernels, parameters, batch, SEQUENCE, 0, true);
        Program second = models[1].create(kernels, parameters, batch, SEQUENCE, 0, true)) {
      var random = new SplittableRandom(1);
      for (Parameter parameter : parameters.all()) {
        for (long i = 0; i < parameter.spec().size(); i++) {
          parameter.value().set(i, (float) (0.1 * (random.nextDouble() - 0.5)));
        }
      }
      Batch tokens = tokens(random, batch, sizes[0]);
      double[] before = new double[sizes[3]];
      double[] after = new double[sizes[3]];
      for (int round = -WARM_UP; round < sizes[3]; round++) {
        double one = seconds(first, tokens);
        double other = seconds(second, tokens);
        if (round >= 0) {
          before[round] = one;
          after[round] = other;
        }
      }
      print("all logits", first, before);
      print("512 rows at a time", second, after);
    }
  }

  /** Processor time of all threads. */
  private static double seconds(Program program, Batch tokens) {
    program.clearGradients();
    int[] windows = new int[program.windowNames().size()];
    Arrays.fill(windows, Sizes.WINDOW);
    long start = SYSTEM.getProcessCpuTime();
    program.accumulate(tokens, windows, 1.0 / tokens.tokens().length);
    return (SYSTEM.getProcessCpuTime() - start) / 1e9;
  }

  private static void print(String name, Program program, double[] seconds) {
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f s best | %.2f s median | %d MiB of buffers |%n",
        name,
        seconds[0],
        seconds[seconds.length / 2],
        program.bufferBytes() >> 20);
  }

  private static Batch tokens(SplittableRandom random, int batch, int vocabulary) {
    Batch tokens = Batch.allocate(batch, SEQUENCE);
    for (int row = 0; row < batch * SEQUENCE; row++) {
      tokens.tokens()[row] = random.nextInt(vocabulary);
      tokens.targets()[row] = random.nextInt(vocabulary);
    }
    return tokens;
  }
}
