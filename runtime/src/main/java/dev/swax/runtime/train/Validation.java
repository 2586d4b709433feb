package dev.swax.runtime.train;

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

  /** Validates with a program; nothing where {@code stop} became true. */
  static Optional<Validation> of(
      TrainingData data,
      Program program,
      Recipe recipe,
      int[] windows,
      BooleanSupplier stop,
      Ranks ranks) {
    return switch (data) {
      case TrainingText(var split, _) ->
          new Evaluator(program, ranks)
              .score(split.validation().sample(recipe.validating().tokens()), windows, stop)
              .map(Text::new);
      case TrainingExamples examples ->
          new TaskEvaluator(program, windows, stop, _ -> {}, ranks)
              .predict(
                  examples.validation(),
                  Purpose.VALIDATION.seed(recipe.seed()),
                  count(examples.validation(), recipe))
              .map(Examples::new);
      case TrainingMixture(var parts) -> mixture(parts, program, recipe, windows, stop, ranks);
    };
  }

  private static Optional<Validation> mixture(
      List<TrainingMixture.Part> parts,
      Program program,
      Recipe recipe,
      int[] windows,
      BooleanSupplier stop,
      Ranks ranks) {
    SequencedMap<String, Validation> sources = new LinkedHashMap<>();
    for (TrainingMixture.Part part : parts) {
      of(part.data(), program, recipe, windows, stop, ranks)
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
