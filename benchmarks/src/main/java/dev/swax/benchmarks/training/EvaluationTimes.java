package dev.swax.benchmarks.training;

import com.sun.management.OperatingSystemMXBean;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.data.MemoryCorpus;
import dev.swax.runtime.evaluate.Evaluator;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.token.ByteTokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A step of training beside the evaluation of as many tokens, by turns: processor time. The text is
 * one document, and then documents as long as a sequence.
 *
 * <p>Arguments: size, model, sequence, rounds, threads; then maybe {@code profile}, which tells
 * where the time goes.
 */
final class EvaluationTimes {
  private static final int WARM_UP = 2;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private EvaluationTimes() {}

  public static void main(String[] arguments) throws IOException {
    Setting setting = Setting.of(arguments[0], arguments[1], arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    boolean profile = List.of(arguments).contains("profile");
    CompiledModel model = SwaxModel.compile(setting);
    int tokens = setting.sizes().tokens();
    int keys = setting.model() == Setting.Model.FULL ? tokens : Sizes.WINDOW;
    int segment =
        Math.min(
            Math.max(setting.sequence(), 512),
            MemoryPlan.evaluatedAtOnce(setting.sizes().vocabulary()));
    try (Kernels vectors = new VectorKernels(Integer.parseInt(arguments[4]));
        Parameters parameters = Parameters.allocate(model.parameterSpecs(), true)) {
      Initialization.initialize(parameters.all(), 1);
      var trained = new KernelTimes(vectors);
      var evaluated = new KernelTimes(vectors);
      try (Program training =
              model.create(
                  profile ? trained.kernels() : vectors,
                  parameters,
                  setting.batch(),
                  setting.sequence(),
                  0,
                  true);
          Program evaluation =
              model.create(
                  profile ? evaluated.kernels() : vectors, parameters, 1, segment, keys, false)) {
        trained.nameTasksOf(training);
        evaluated.nameTasksOf(evaluation);
        var trainee = new SwaxTrainee(training, setting.sizes(), trained);
        var evaluator = new Evaluator(evaluation);
        int[] windows = new int[evaluation.windowNames().size()];
        Arrays.fill(windows, Sizes.WINDOW);
        Corpus one = text(1, tokens);
        Corpus many = text(tokens / setting.sequence(), setting.sequence());
        double[] best = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        for (int round = -WARM_UP; round < rounds; round++) {
          double[] seconds = {
            seconds(trainee::step),
            seconds(() -> evaluator.score(one, windows)),
            seconds(() -> evaluator.score(many, windows)),
          };
          for (int i = 0; i < best.length && round >= 0; i++) {
            best[i] = Math.min(best[i], seconds[i]);
          }
        }
        System.out.printf(
            Locale.ROOT,
            "| %s %s | %,d | %.2f s | %.2f s | %.2f | %.2f s | %.2f |%n",
            setting.sizes(),
            setting.model(),
            setting.sequence(),
            best[0],
            best[1],
            best[0] / best[1],
            best[2],
            best[0] / best[2]);
        if (profile) {
          System.out.print(trained.report() + evaluated.report());
        }
      }
    }
  }

  /** Processor time of all threads. */
  private static double seconds(Runnable work) {
    long start = SYSTEM.getProcessCpuTime();
    work.run();
    return (SYSTEM.getProcessCpuTime() - start) / 1e9;
  }

  private static Corpus text(int documents, int length) {
    var random = new Random(1);
    List<Document> made = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      made.add(new Document("d" + i, ByteTokenizer.BYTES.encode(bytes)));
    }
    return new MemoryCorpus(made, ByteTokenizer.BYTES);
  }
}
