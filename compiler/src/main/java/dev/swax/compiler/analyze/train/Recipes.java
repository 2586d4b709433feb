package dev.swax.compiler.analyze.train;

import dev.swax.compiler.analyze.evaluate.Coercion;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Dimension;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.schedule.LearningRate;
import dev.swax.runtime.schedule.WindowSchedule;
import dev.swax.runtime.train.Batches;
import dev.swax.runtime.train.Optimizer;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.Recompute;
import dev.swax.runtime.train.StartWeights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The numbers of one train block: lengths, rates, optimizer, windows. */
public final class Recipes {
  /** Where {@code micro_batch} is not written, it is the most sequences within so many tokens. */
  private static final int MICRO_BATCH_TOKENS = 8192;

  public static final long MOST_STEPS = 1_000_000_000;
  private static final int TENTHS = 10;
  private static final String LINE_BREAK = "\n";

  private final Evaluator evaluator;
  private final Fields fields;
  private final Span place;

  public Recipes(Evaluator evaluator, Fields fields, Span place) {
    this.evaluator = evaluator;
    this.fields = fields;
    this.place = place;
  }

  /** The recipe for a model, or empty after a report. */
  Optional<Recipe> build(@Nullable Architecture model, DocumentBorders borders) {
    Optional<Integer> sequence = fields.size("seq");
    Optional<Integer> batch = fields.size("batch");
    Optional<Quantity> budget = fields.quantity("budget");
    Optional<Value.Built> rate = fields.built("lr");
    Optional<Integer> micro =
        sequence.isPresent() && batch.isPresent() && dividesBatch(sequence.get(), batch.get())
            ? microBatch(sequence.get(), batch.get())
            : Optional.empty();
    long steps = budget.map(tokens -> steps(tokens, batch.orElse(0))).orElse(0L);
    Optional<LearningRate> learningRate = rate.flatMap(new Rates(evaluator, steps)::build);
    var optimizers = new Optimizers(evaluator);
    List<Value.Built> groups = fields.items("groups");
    Optional<Optimizer> optimizer = optimizers.build(fields.built("optim").orElseThrow(), groups);
    if (model != null) {
      optimizers.requireParameters(groups, model);
    }
    double zLoss = zLoss();
    Recipe.Sample sample = sample();
    Optional<Integer> lanes =
        micro.flatMap(sequences -> lanes(batch.orElse(0) / sequence.orElse(1) / sequences));
    if (sequence.isEmpty() || batch.isEmpty() || lanes.isEmpty() || steps < 1) {
      return Optional.empty();
    }
    int tokens = sequence.get();
    SequencedMap<String, WindowSchedule> windows = new LinkedHashMap<>();
    if (model != null) {
      model.windows().forEach(w -> windows.put(w.name(), w.schedule()));
    }
    SequencedMap<String, Integer> tests =
        model == null ? new LinkedHashMap<>() : testWindows(model, steps, tokens);
    if (learningRate.isEmpty() || optimizer.isEmpty()) {
      return Optional.empty();
    }
    long validateEvery = every("validate_every", steps);
    return Optional.of(
        new Recipe(
            new Batches(tokens, batch.get(), micro.orElseThrow(), lanes.get()),
            steps,
            whole("seed"),
            learningRate.get(),
            optimizer.get(),
            zLoss,
            windows,
            tests,
            borders,
            new Recipe.Validating(validateEvery, whole("validation_tokens"), pathways(tokens)),
            new Recipe.Saving(every("checkpoint_every", steps), fields.size("keep").orElseThrow()),
            sample,
            weights(),
            fields.real("carry").orElseThrow(),
            Recompute.of(fields.word("recompute").orElseThrow()),
            new Stops(evaluator, fields, place).build(steps, validateEvery).orElse(null)));
  }

  /** Steps from one time to the next: a tenth of all where nothing is written. */
  private long every(String key, long steps) {
    return fields.number(key).map(Rational::toLong).orElse(Math.max(1, steps / TENTHS));
  }

  /** How many keys are recent; 0 where nothing is measured, or after a report. */
  private int pathways(int sequence) {
    int recent = fields.size("pathways").orElse(0);
    if (recent >= sequence) {
      evaluator.report(
          Code.OUT_OF_RANGE,
          fields.span("pathways", place),
          "`pathways` is %d, but a sequence has %d tokens, so none has more keys than the recent ones"
              .formatted(recent, sequence),
          sequence > 1 ? "`pathways = %d`".formatted(Math.max(1, sequence / 4)) : null);
      return 0;
    }
    return recent;
  }

  /** A path starts at the folder of the file in which it is written. */
  private @Nullable StartWeights weights() {
    if (!fields.has("weights")) {
      return null;
    }
    return fields
        .text("weights")
        .map(written -> new StartWeights(written, folder().resolve(written).normalize()))
        .orElse(null);
  }

  private Path folder() {
    return Path.of(fields.span("weights", place).file().name())
        .toAbsolutePath()
        .normalize()
        .resolveSibling(".");
  }

  private long whole(String key) {
    return fields.number(key).map(Rational::toLong).orElseThrow();
  }

  private boolean dividesBatch(int sequence, int batch) {
    if (batch % sequence == 0) {
      return true;
    }
    int sequences = Math.max(1, (int) Math.round((double) batch / sequence));
    evaluator.report(
        Code.BATCH_NOT_WHOLE,
        fields.span("batch", place),
        "a batch of %d tok is not a whole number of sequences of %d tok".formatted(batch, sequence),
        "`batch = %d * seq`".formatted(sequences));
    return false;
  }

  private Optional<Integer> microBatch(int sequence, int batch) {
    int sequences = batch / sequence;
    if (!fields.has("micro_batch")) {
      int most = Math.max(1, MICRO_BATCH_TOKENS / sequence);
      int largest = 1;
      for (int i = 1; i <= Math.min(most, sequences); i++) {
        largest = sequences % i == 0 ? i : largest;
      }
      return Optional.of(largest);
    }
    Optional<Integer> micro = fields.size("micro_batch");
    if (micro.isPresent() && (micro.get() % sequence != 0 || batch % micro.get() != 0)) {
      evaluator.report(
          Code.BATCH_NOT_WHOLE,
          fields.span("micro_batch", place),
          "a micro-batch is a multiple of `seq` (%d tok) and divides `batch` (%d tok), but this is %d tok"
              .formatted(sequence, batch, micro.get()),
          "`micro_batch = seq`");
      return Optional.empty();
    }
    return micro.map(m -> m / sequence);
  }

  /** What is written must fit; what is not is as many as do. */
  private Optional<Integer> lanes(int microBatches) {
    int fitting = Batches.lanes(microBatches);
    if (!fields.has("lanes")) {
      return Optional.of(fitting);
    }
    Optional<Integer> lanes = fields.size("lanes");
    boolean fits =
        lanes
            .filter(n -> Integer.bitCount(n) == 1 && n <= Batches.MOST_LANES)
            .filter(n -> microBatches % n == 0)
            .isPresent();
    if (lanes.isPresent() && !fits) {
      evaluator.report(
          Code.LANES_NOT_WHOLE,
          fields.span("lanes", place),
          "`lanes` is a power of 2 that divides the %d micro-batches of a step, but this is %d"
              .formatted(microBatches, lanes.get()),
          "`lanes = %d`".formatted(fitting));
      return Optional.empty();
    }
    return lanes;
  }

  /** How many steps the budget is; 0 after a report, or where a batch is not known. */
  private long steps(Quantity budget, int batch) {
    boolean inSteps = budget.dimension().equals(Dimension.STEPS);
    if (!inSteps && batch < 1) {
      return 0;
    }
    Rational steps =
        inSteps ? budget.value() : budget.value().dividedBy(Rational.of(batch)).floor();
    if (!steps.isWhole() || steps.signum() < 1) {
      evaluator.report(
          Code.BUDGET_TOO_SMALL,
          fields.span("budget", place),
          inSteps
              ? "the budget is %s, but it must be a whole number of steps".formatted(budget)
              : "the budget is %s, but one step takes %d tok".formatted(budget, batch),
          null);
      return 0;
    }
    if (steps.compareTo(Rational.of(MOST_STEPS)) > 0) {
      evaluator.report(
          Code.OUT_OF_RANGE,
          fields.span("budget", place),
          "training takes %s steps, but at most %d are allowed".formatted(steps, MOST_STEPS),
          null);
      return 0;
    }
    return steps.toLong();
  }

  /** The optimizer of a train block that names none. */
  public static Optimizer standardOptimizer() {
    return Optimizers.read(Schemas.standardOptimizer(), List.of());
  }

  private double zLoss() {
    double coefficient = fields.real("z_loss").orElseThrow();
    if (coefficient < 0) {
      evaluator.report(
          Code.OUT_OF_RANGE,
          fields.span("z_loss", place),
          "`z_loss` must be 0 or more, but this is " + coefficient,
          "`z_loss = 1e-4`");
    }
    return Math.max(0, coefficient);
  }

  private Recipe.Sample sample() {
    String prompt = fields.text("sample").orElse(LINE_BREAK);
    double temperature = fields.real("temperature").orElseThrow();
    if (temperature < 0) {
      evaluator.report(
          Code.OUT_OF_RANGE,
          fields.span("temperature", place),
          "`temperature` must be 0 or more, but this is " + temperature,
          null);
    }
    int length = fields.size("sample_tokens").orElseThrow();
    int topK = (int) Math.min(Coercion.LARGEST_SIZE, whole("top_k"));
    return new Recipe.Sample(prompt, length, new Sampling(Math.max(0, temperature), topK));
  }

  private SequencedMap<String, Integer> testWindows(Architecture model, long steps, int sequence) {
    SequencedMap<String, Integer> tests = new LinkedHashMap<>();
    boolean allFixed =
        model.windows().stream().allMatch(w -> w.schedule() instanceof WindowSchedule.Constant);
    for (WindowVariable window : model.windows()) {
      boolean set =
          fields.has("test_window")
              && (allFixed || !(window.schedule() instanceof WindowSchedule.Constant));
      int test = window.schedule().testValue();
      test = set ? fields.size("test_window").orElse(test) : test;
      tests.put(window.name(), test);
      WindowChecks.check(
          evaluator,
          window,
          steps,
          sequence,
          fields.span("seq", place),
          test,
          set ? fields.span("test_window", place) : null);
    }
    return tests;
  }
}
