package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.compiler.model.Cut;
import dev.swax.runtime.UserError;
import dev.swax.runtime.evaluate.TaskEvaluator;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskLengths;
import dev.swax.runtime.task.TaskScore;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Scores the newest checkpoint of a run, as it is now, on tasks. */
public final class ScoreTask implements AutoCloseable {
  private final Host host;
  private final SavedRun saved;
  private final Kernels kernels;
  private final SavedWeights weights;
  private final Cut cut;

  private ScoreTask(Host host, SavedRun saved, Kernels kernels, SavedWeights weights, Cut cut) {
    this.cut = cut;
    this.host = host;
    this.saved = saved;
    this.kernels = kernels;
    this.weights = weights;
  }

  /**
   * That of a run.
   *
   * @param cut what is taken out of its model
   * @param window at which it is asked; as trained where null
   */
  static ScoreTask of(
      Host host, SavedRun saved, MachineOptions machine, Cut cut, @Nullable Integer window) {
    SavedWeights weights = saved.weights(host, cut, saved.windows(window));
    return new ScoreTask(host, saved, machine.kernels(), weights, cut);
  }

  /** After how many steps its weights were saved. */
  long step() {
    return weights.step();
  }

  /**
   * The score on the first examples of a seed, told of as they are done.
   *
   * @param window keys of every window of the model; as trained where null
   */
  public TaskScore score(
      Task task, long examples, long seed, @Nullable Integer window, LongConsumer progress) {
    return score(task, examples, seed, saved.windows(window), progress);
  }

  /** The same with the windows of the model in their order. */
  TaskScore score(Task task, long examples, long seed, int[] windows, LongConsumer progress) {
    if (task.vocabulary() > saved.model().vocabulary()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s has %,d different tokens, but the model knows %,d",
              task.describe(),
              task.vocabulary(),
              saved.model().vocabulary()),
          null);
    }
    long drawn = Purpose.TEST.seed(seed);
    int longest = TaskLengths.longest(task, drawn, examples);
    int segment = Plans.exampleSegment(saved.model(), longest);
    int context = Plans.context(saved.model(), windows, longest);
    Memory.tellKeys(saved.model(), context, segment, host.console());
    BooleanSupplier never = () -> false;
    int texts = Memory.texts(task, saved.model(), context, segment);
    try (Program program =
        saved.code(cut).create(kernels, weights.parameters(), texts, segment, context, false)) {
      return new TaskEvaluator(program, windows, never, progress, host.processes().ranks())
          .score(task, drawn, examples)
          .orElseThrow();
    }
  }

  @Override
  public void close() {
    weights.close();
    kernels.close();
  }
}
