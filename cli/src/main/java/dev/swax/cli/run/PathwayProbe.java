package dev.swax.cli.run;

import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.interpret.PathwayMeter;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.train.Probe;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.TrainingData;
import dev.swax.runtime.train.TrainingExamples;
import dev.swax.runtime.train.TrainingMixture;
import dev.swax.runtime.train.TrainingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Measures norms of states and shares of attention while a model is trained, on the beginning of
 * what it is validated on. The interpreter does it, which knows every value of every layer and is
 * slow: so of few tokens.
 */
final class PathwayProbe {
  private static final int TOKENS = 1024;

  private final LoweredModel model;
  private final int[] windows;
  private final int recent;
  private final List<int[]> texts;

  private PathwayProbe(LoweredModel model, int[] windows, int recent, List<int[]> texts) {
    this.model = model;
    this.windows = windows;
    this.recent = recent;
    this.texts = List.copyOf(texts);
  }

  /** That of a training; empty where it asks for none. */
  static Optional<PathwayProbe> of(TrainPlan plan, TrainingData data) {
    Recipe recipe = plan.recipe();
    int recent = recipe.validating().pathways();
    if (recent == 0) {
      return Optional.empty();
    }
    List<int[]> texts = texts(data, recipe, TOKENS);
    if (texts.isEmpty()) {
      throw new UserError(
          "`pathways = %d` looks at texts of more tokens, but nothing to validate on has more"
              .formatted(recent),
          "a smaller number, or `pathways = none`");
    }
    Architecture model = Plans.architecture(plan);
    int[] windows = Plans.windows(model, recipe.testWindows());
    return Optional.of(new PathwayProbe(LowerModel.lower(model), windows, recent, texts));
  }

  /** One of these parameters, as they are when it measures. */
  Probe on(Parameters parameters) {
    return () -> measure(InterpretedWeights.of(parameters));
  }

  private SequencedMap<String, Double> measure(SequencedMap<String, Matrix> weights) {
    var meter = new PathwayMeter(model, recent);
    for (int[] text : texts) {
      meter.add(weights, () -> new Bindings(1, text.length).tokens(text).windows(windows));
    }
    return meter.means();
  }

  /** About so many tokens; of a mixture from each source equally many. */
  private static List<int[]> texts(TrainingData data, Recipe recipe, int tokens) {
    return switch (data) {
      case TrainingText(Split text, _) ->
          first(
              text.validation().sample(recipe.validating().tokens()).documents().stream()
                  .map(document -> beginning(document, recipe.sequence())),
              recipe,
              tokens);
      case TrainingExamples examples ->
          first(examples(examples.validation(), recipe), recipe, tokens);
      case TrainingMixture(var parts) ->
          parts.stream()
              .flatMap(part -> texts(part.data(), recipe, tokens / parts.size()).stream())
              .toList();
    };
  }

  private static int[] beginning(Document document, int sequence) {
    int[] tokens = new int[Math.min(document.length(), sequence)];
    document.tokens().copy(0, tokens.length, tokens, 0);
    return tokens;
  }

  private static Stream<int[]> examples(Task task, Recipe recipe) {
    long seed = Purpose.VALIDATION.seed(recipe.seed());
    return LongStream.range(0, Math.min(task.size(), TOKENS))
        .mapToObj(i -> task.example(seed, i).tokens());
  }

  /** The first texts in which a token has more keys than the recent ones, at least one. */
  private static List<int[]> first(Stream<int[]> all, Recipe recipe, int tokens) {
    List<int[]> texts = new ArrayList<>();
    var each = all.filter(text -> text.length > recipe.validating().pathways()).iterator();
    int left = tokens;
    while (each.hasNext() && left > 0) {
      int[] text = each.next();
      texts.add(text);
      left -= text.length;
    }
    return texts;
  }
}
