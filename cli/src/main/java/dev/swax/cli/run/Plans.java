package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.input.StageText;
import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.TrainingData;
import dev.swax.runtime.train.TrainingMixture;
import dev.swax.runtime.train.TrainingText;
import java.nio.file.Path;
import java.util.Map;

/** What a train block needs to run, each with a message where it is missing. */
final class Plans {
  private static final int SHORTEST_SEGMENT = 512;
  private static final int EXAMPLES_SEGMENT = 2048;
  private static final int MOST_KEYS = Integer.MAX_VALUE / 4;

  private Plans() {}

  static Architecture architecture(TrainPlan plan) {
    Architecture architecture = plan.architecture();
    if (architecture == null) {
      throw new UserError(
          "`train %s` (%s) names no model".formatted(plan.name(), plan.span()),
          "`model = NAME` in the block, or `--model NAME`");
    }
    return architecture;
  }

  static DataPlan data(TrainPlan plan) {
    DataPlan data = plan.data();
    if (data == null) {
      throw new UserError(
          "`train %s` (%s) names no data".formatted(plan.name(), plan.span()),
          "`data = NAME` in the block, beside `data NAME { files = [\"text/**\"] }`");
    }
    return data;
  }

  /** What training reads; files are read now, and refused where they do not fit. */
  static TrainingData trainingData(TrainPlan plan, Caching caching) {
    return trainingData(data(plan), plan.recipe().sequence(), caching);
  }

  /** The same of other data, for sequences of so many tokens. */
  static TrainingData trainingData(DataPlan data, int sequence, Caching caching) {
    TrainingData found = read(data, caching);
    found
        .obstacle(sequence)
        .ifPresent(error -> {
          throw error;
        });
    return found;
  }

  /** What a data block names; files of text are read now. */
  static TrainingData read(DataPlan data, Caching caching) {
    return switch (data) {
      case DataPlan.Text text ->
          new TrainingText(
              new TextLoader(folder(text), caching).load(text.source(), text.tokenizer()),
              text.packing());
      case DataPlan.Examples examples -> examples.examples();
      case DataPlan.Mixture mixture ->
          new TrainingMixture(
              mixture.mixed().stream()
                  .map(part ->
                      new TrainingMixture.Part(
                          part.data().name(), read(part.data(), caching), part.share()))
                  .toList());
    };
  }

  /** Where the paths of a data block start. */
  static Path folder(DataPlan data) {
    Path file = Path.of(data.span().file().name());
    return file.toAbsolutePath().normalize().resolveSibling(".").normalize();
  }

  /** Refuses text for a model that does not know every token of text. */
  static void requireKnown(Tokenizer tokenizer, Architecture model) {
    if (model.vocabulary() < tokenizer.vocabulary()) {
      throw new UserError(
          "`%s` has a vocabulary of %d tokens, but text has %d different %s"
              .formatted(
                  model.name(), model.vocabulary(), tokenizer.vocabulary(), tokenizer.unit()),
          "`swax eval RUN --task TASK` scores a model on a task");
    }
  }

  /** The program of a plan, which computes again what the train block says. */
  static CompiledModel generate(ModelPlan plan, TrainPlan train, Console console) {
    Recipe recipe = train.recipe();
    return Compiler.generate(
        plan.with(recipe.recompute()),
        StageText.settings(recipe.optimizer()),
        Loading.programs(console));
  }

  /** The text of the class that a model becomes. */
  static String source(TrainPlan train) {
    return source(architecture(train), train.recipe());
  }

  /** The same of another model that is trained likewise. */
  static String source(Architecture model, Recipe recipe) {
    return ProgramEmitter.emit(
        Lowering.of(model).plan().with(recipe.recompute()),
        StageText.settings(recipe.optimizer()),
        Compiler.VERSION);
  }

  /** Path below src/ of the generated class. */
  static String sourcePath(Architecture model) {
    return ProgramEmitter.PACKAGE.replace('.', '/')
        + "/"
        + ProgramEmitter.className(model)
        + ".java";
  }

  /** Tokens of one call while evaluating a model. */
  static int segment(Architecture model, int sequence) {
    return segment(model, sequence, SHORTEST_SEGMENT);
  }

  /** Tokens of one call while examples of that length are scored, as many as fit at a time. */
  static int exampleSegment(Architecture model, int length) {
    return segment(model, length, EXAMPLES_SEGMENT);
  }

  private static int segment(Architecture model, int length, int least) {
    return Math.min(Math.max(length, least), MemoryPlan.evaluatedAtOnce(model.vocabulary()));
  }

  /** The test value of each window, in the order in which programs of the model take them. */
  static int[] windows(Architecture model, Map<String, Integer> values) {
    return model.windows().stream()
        .mapToInt(window -> values.getOrDefault(window.name(), window.schedule().testValue()))
        .toArray();
  }

  /**
   * How many past keys evaluation keeps: what the widest window looks back, or the longest text
   * where a layer has full attention; of chunks, what is before the last token of one.
   */
  static int context(Architecture model, int[] windows, long longestText) {
    long context = 0;
    for (int window : windows) {
      context = Math.max(context, window - 1L);
    }
    boolean full = false;
    for (Op.Attention attention : LowerModel.lower(model).attentions()) {
      int chunk = attention.shape().chunk();
      full |= attention.window() < 0 && chunk == 0;
      context = Math.max(context, chunk - 1L);
    }
    return Math.toIntExact(Math.min(full ? Math.max(context, longestText) : context, MOST_KEYS));
  }
}
