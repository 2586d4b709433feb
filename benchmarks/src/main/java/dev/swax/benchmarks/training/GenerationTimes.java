package dev.swax.benchmarks.training;

import dev.swax.compiler.load.CompiledModel;
import dev.swax.runtime.evaluate.Generator;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * One text, token by token. Each token reads every weight once; so the benchmark also reads all
 * weights with a loop that does nothing else, and memory that no cache holds, by turns.
 *
 * <p>Arguments: size, model, tokens of the prompt, tokens written, rounds, threads, temperature,
 * top k; then maybe {@code cpu}, which counts processor time instead of time (for one thread of a
 * busy machine), or {@code profile}, which tells where the time goes.
 */
final class GenerationTimes {
  private static final int SEGMENT = 512;
  private static final int WARM_UP = 3;

  /** Numbers of what no cache holds. */
  private static final long MUCH = 1 << 27;

  private GenerationTimes() {}

  public static void main(String[] arguments) throws IOException {
    Setting setting = Setting.of(arguments[0], arguments[1], "512");
    int prompt = Integer.parseInt(arguments[2]);
    int written = Integer.parseInt(arguments[3]);
    int rounds = Integer.parseInt(arguments[4]);
    int threads = Integer.parseInt(arguments[5]);
    var sampling = new Sampling(Double.parseDouble(arguments[6]), Integer.parseInt(arguments[7]));
    List<String> options = List.of(arguments).subList(8, arguments.length);
    LongSupplier clock = clock(options.contains("cpu"));
    CompiledModel model = SwaxModel.compile(setting);
    try (Kernels vectors = new VectorKernels(threads);
        ReadSpeed reading = new ReadSpeed(threads, clock);
        Arena arena = Arena.ofShared();
        Parameters parameters = Parameters.allocate(model.parameterSpecs(), false)) {
      Initialization.initialize(parameters.all(), 1);
      List<Tensor> weights = parameters.all().stream().map(Parameter::value).toList();
      List<Tensor> memory = List.of(memory(arena));
      var times = new KernelTimes(vectors);
      Kernels kernels = options.contains("profile") ? times.kernels() : vectors;
      int keys = setting.model() == Setting.Model.FULL ? prompt + written : Sizes.WINDOW;
      try (Program program = model.create(kernels, parameters, 1, SEGMENT, keys, false)) {
        times.nameTasksOf(program);
        var text = new Text(program, setting, sampling, clock);
        var result = new Result(weights, rounds);
        for (int round = -WARM_UP; round < rounds; round++) {
          double ofWeights = Math.max(reading.of(weights), reading.of(weights));
          double seconds = text.secondsAToken(prompt, written);
          result.add(round, seconds, ofWeights, reading.of(memory));
        }
        System.out.println(result.row(setting, threads));
        System.err.printf("(sum of what was read: %s)%n", reading.sum());
        if (options.contains("profile")) {
          System.out.print(times.report());
        }
      }
    }
  }

  private static LongSupplier clock(boolean processor) {
    ThreadMXBean own = ManagementFactory.getThreadMXBean();
    return processor ? own::getCurrentThreadCpuTime : System::nanoTime;
  }

  private static Tensor memory(Arena arena) {
    Tensor memory = Tensor.allocate(arena, MUCH);
    memory.segment().fill((byte) 1); // pages that are never written are one page
    return memory;
  }

  /** What is written. */
  private static final class Text {
    private final Generator generator;
    private final int vocabulary;
    private final Sampling sampling;
    private final LongSupplier clock;

    Text(Program program, Setting setting, Sampling sampling, LongSupplier clock) {
      int[] windows = new int[program.windowNames().size()];
      Arrays.fill(windows, Sizes.WINDOW);
      vocabulary = setting.sizes().vocabulary();
      generator = new Generator(program, vocabulary, windows);
      this.sampling = sampling;
      this.clock = clock;
    }

    /** From the first token that is written to the last. */
    double secondsAToken(int prompt, int written) {
      int[] tokens = new SplittableRandom(1).ints(prompt, 0, vocabulary).toArray();
      long[] times = new long[written];
      int[] next = {0};
      generator.generate(
          tokens,
          written,
          sampling,
          new RandomStream(1, "sample"),
          _ -> times[next[0]++] = clock.getAsLong());
      return (times[written - 1] - times[0]) / 1e9 / (written - 1);
    }
  }

  /** What was measured. */
  private static final class Result {
    private final long bytes;
    private final double[] seconds;
    private final double[] weights;
    private final double[] memory;

    Result(List<Tensor> weights, int rounds) {
      bytes = weights.stream().mapToLong(weight -> weight.segment().byteSize()).sum();
      seconds = new double[rounds];
      this.weights = new double[rounds];
      memory = new double[rounds];
    }

    void add(int round, double secondsAToken, double ofWeights, double ofMemory) {
      if (round >= 0) {
        seconds[round] = secondsAToken;
        weights[round] = ofWeights;
        memory[round] = ofMemory;
      }
    }

    /** A row of a table; the shares are medians of the rounds. */
    String row(Setting setting, int threads) {
      double[] ofWeights = new double[seconds.length];
      double[] ofMemory = new double[seconds.length];
      for (int i = 0; i < seconds.length; i++) {
        double read = bytes / seconds[i] / 1e9;
        ofWeights[i] = 100 * read / weights[i];
        ofMemory[i] = 100 * read / memory[i];
      }
      return String.format(
          Locale.ROOT,
          "| %s %s | %d | %.1f | %.1f | %.1f | %.1f | %.0f %% | %.1f | %.0f %% |",
          setting.sizes(),
          setting.model(),
          threads,
          bytes / 1e6,
          1 / Arrays.stream(seconds).min().orElseThrow(),
          1 / median(seconds),
          median(memory),
          median(ofMemory),
          median(weights),
          median(ofWeights));
    }

    private static double median(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }
}
