package dev.swax.cli.verify;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.data.MemoryCorpus;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.ParameterLayout;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.program.Shares;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.rank.SingleProcess;
import dev.swax.runtime.schedule.LearningRate;
import dev.swax.runtime.schedule.WindowSchedule;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.train.Batches;
import dev.swax.runtime.train.Optimizer;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.RunDescription;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.Session;
import dev.swax.runtime.train.Together;
import dev.swax.runtime.train.Trainer;
import dev.swax.runtime.train.TrainingData;
import dev.swax.runtime.train.TrainingJob;
import dev.swax.runtime.train.TrainingText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Short trainings in temporary run directories: the last checkpoint must hold the same bytes for
 * any number of threads, and after a stop and a resume.
 */
final class RunCheck {
  private static final int STEPS = 4;
  private static final int STOP_AFTER = 2;
  private static final int SEQUENCE = 160;
  private static final int SEQUENCES = 4;
  private static final int MICRO_BATCH = 2;
  private static final List<String> FILES = List.of("model.safetensors", "optim.safetensors");

  private final Subject subject;
  private final Optimizer optimizer;
  private final TrainingData text;
  private final Path folder;

  RunCheck(Subject subject, Optimizer optimizer, SplittableRandom random, Path folder) {
    this.subject = subject;
    this.optimizer = optimizer;
    this.text = text(random, subject.model().vocabulary());
    this.folder = folder;
  }

  List<Check> run() throws IOException {
    Path one = train("one", 1, STEPS);
    Path two = train("two", 2, STEPS);
    Path three = train("three", 3, STEPS);
    train("resumed", 2, STOP_AFTER);
    Path resumed = train("resumed", 2, STEPS);
    return List.of(
        new Check(
            "same bits on 1, 2 and 3 threads",
            (double) different(one, two) + different(one, three),
            0,
            null),
        new Check("same bits after a stop and a resume", different(two, resumed), 0, null));
  }

  /** Trains, or trains on, until that step. */
  private Path train(String name, int threads, int until) {
    Path path = folder.resolve(name);
    boolean fresh = !Files.exists(path);
    int[] calls = {0};
    int allowed = fresh ? until : until - STOP_AFTER;
    BooleanSupplier stop = () -> until < STEPS && calls[0]++ >= allowed;
    Recipe recipe = recipe();
    List<ParameterSpec> specs = subject.program().parameterSpecs();
    List<UpdateRule> rules = optimizer.rules(specs);
    var shares = new Shares(new ParameterLayout(specs), rules, 1);
    try (RunDirectory run =
            fresh ? RunDirectory.create(path, description(recipe), text) : RunDirectory.open(path);
        Kernels kernels = Kernels.open(threads);
        Parameters parameters = Parameters.allocate(shares, rules, 0);
        Program training =
            subject.program().create(kernels, parameters, MICRO_BATCH, SEQUENCE, 0, true);
        Program evaluation =
            subject.program().create(kernels, parameters, 1, SEQUENCE, 2 * SEQUENCE, false)) {
      var out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      var together = new Together(new SingleProcess(), shares, kernels, parameters);
      new Trainer(
              new TrainingJob(
                  recipe,
                  training,
                  evaluation,
                  text,
                  run,
                  stop,
                  out,
                  false,
                  1,
                  Session.PLAIN,
                  null,
                  together))
          .run();
    }
    return path;
  }

  private Recipe recipe() {
    SequencedMap<String, WindowSchedule> windows = new LinkedHashMap<>();
    SequencedMap<String, Integer> tests = new LinkedHashMap<>();
    for (WindowVariable window : subject.model().windows()) {
      windows.put(window.name(), window.schedule());
      tests.put(window.name(), Math.min(SEQUENCE, window.schedule().testValue()));
    }
    return new Recipe(
        Batches.of(SEQUENCE, SEQUENCES * SEQUENCE, MICRO_BATCH),
        STEPS,
        1,
        new LearningRate.WarmupCosine(1e-3, 1e-4, 2),
        optimizer,
        0,
        windows,
        tests,
        subject.mayJoinTexts() ? DocumentBorders.RESET : DocumentBorders.IGNORE,
        new Recipe.Validating(0, SEQUENCE),
        new Recipe.Saving(0, 1),
        new Recipe.Sample("\n", 1, new Sampling(0, 0)),
        null);
  }

  private RunDescription description(Recipe recipe) {
    return new RunDescription(
        "",
        new LinkedHashMap<>(),
        recipe.describe(),
        new LinkedHashMap<>(),
        Compiler.VERSION,
        recipe.seed(),
        "cpu",
        List.of());
  }

  /** How many bytes of the last checkpoint differ. */
  private static long different(Path left, Path right) throws IOException {
    long count = 0;
    for (String file : FILES) {
      byte[] a = Files.readAllBytes(RunDirectory.checkpoints(left, 1).path(STEPS).resolve(file));
      byte[] b = Files.readAllBytes(RunDirectory.checkpoints(right, 1).path(STEPS).resolve(file));
      count += Math.abs(a.length - b.length);
      for (int i = 0; i < Math.min(a.length, b.length); i++) {
        count += a[i] == b[i] ? 0 : 1;
      }
    }
    return count;
  }

  private static TrainingData text(SplittableRandom random, int vocabulary) {
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      byte[] bytes = new byte[200 + 97 * i];
      for (int t = 0; t < bytes.length; t++) {
        bytes[t] = (byte) random.nextInt(vocabulary);
      }
      documents.add(new Document("text" + i, ByteTokenizer.BYTES.encode(bytes)));
    }
    return new TrainingText(
        new Split(
            new MemoryCorpus(documents.subList(0, 8), ByteTokenizer.BYTES),
            new MemoryCorpus(documents.subList(8, 9), ByteTokenizer.BYTES)));
  }
}
