package dev.swax.runtime.train;

import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.evaluate.Evaluator;
import dev.swax.runtime.evaluate.Score;
import dev.swax.runtime.evaluate.TaskEvaluator;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskScore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** What a model is worth on what it was not trained on. */
public sealed interface Validation {
  /** Loss on text. */
  record Text(Score score) implements Validation {}

  /** Accuracy and loss on examples of the task: {@link TaskEvaluator#predict}. */
  record Examples(TaskScore score) implements Validation {}

  /** What each source of a mixture is worth, by name. */
  record Mixture(SequencedMap<String, Validation> sources) implements Validation {
    public Mixture {
      sources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sources));
    }
  }

  /**
   * Nats per token; of a mixture, the mean over its sources, which count alike. NaN where it is of
   * a task that has none.
   */
  default double loss() {
    return switch (this) {
      case Text(Score score) -> score.loss();
      case Examples(TaskScore score) -> score.find("loss").map(Metric::value).orElse(Double.NaN);
      case Mixture(var sources) ->
          sources.values().stream().mapToDouble(Validation::loss).average().orElse(Double.NaN);
    };
  }

  /** Is told how far a validation is. */
  interface Progress {
    /** Told again and again how much is done of so much. */
    LongConsumer of(long all, String unit);
  }

  /** Validates with a program; nothing where {@code stop} became true. */
  static Optional<Validation> of(
      TrainingData data,
      Program program,
      Recipe recipe,
      int[] windows,
      BooleanSupplier stop,
      Progress progress,
      Ranks ranks) {
    return switch (data) {
      case TrainingText(var split, _) -> {
        Corpus text = split.validation().sample(recipe.validating().tokens());
        yield new Evaluator(program, ranks)
            .score(text, windows, stop, progress.of(text.tokens(), "tokens"))
            .map(Text::new);
      }
      case TrainingExamples examples -> {
        long count = count(examples.validation(), recipe);
        yield new TaskEvaluator(program, windows, stop, progress.of(count, "examples"), ranks)
            .predict(examples.validation(), Purpose.VALIDATION.seed(recipe.seed()), count)
            .map(Examples::new);
      }
      case TrainingMixture(var parts) ->
          mixture(parts, program, recipe, windows, stop, progress, ranks);
    };
  }

  private static Optional<Validation> mixture(
      List<TrainingMixture.Part> parts,
      Program program,
      Recipe recipe,
      int[] windows,
      BooleanSupplier stop,
      Progress progress,
      Ranks ranks) {
    SequencedMap<String, Validation> sources = new LinkedHashMap<>();
    for (TrainingMixture.Part part : parts) {
      Progress own = (all, unit) -> progress.of(all, unit + " of " + part.name());
      of(part.data(), program, recipe, windows, stop, own, ranks)
          .ifPresent(found -> sources.put(part.name(), found));
    }
    return sources.size() < parts.size() ? Optional.empty() : Optional.of(new Mixture(sources));
  }

  /** Whole examples of at most the recipe's tokens, at least two. */
  private static long count(Task task, Recipe recipe) {
    long length = Math.max(1, recipe.sequence());
    return Math.min(task.size(), Math.max(2, recipe.validating().tokens() / length));
  }
}
