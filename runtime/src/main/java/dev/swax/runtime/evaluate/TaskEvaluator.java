package dev.swax.runtime.evaluate;

import dev.swax.runtime.program.Program;
import dev.swax.runtime.task.ChoiceTask;
import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.PredictionTask;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Scores a model on tasks. Its memory does not depend on the length of examples. */
public final class TaskEvaluator {
  private final Program program;
  private final int[] windows;
  private final BooleanSupplier stop;
  private final LongConsumer progress;

  /**
   * @param program for evaluation, of one row
   * @param windows of every window of the model, in the order of {@link Program#windowNames}
   * @param stop asked now and then; once true, there is no score
   * @param progress told how many examples are done
   */
  public TaskEvaluator(
      Program program, int[] windows, BooleanSupplier stop, LongConsumer progress) {
    this.program = program;
    this.windows = windows.clone();
    this.stop = stop;
    this.progress = progress;
  }

  /**
   * The score on the first {@code examples} examples of a seed (of all, where the task has fewer),
   * or nothing where it was stopped.
   */
  public Optional<TaskScore> score(Task task, long seed, long examples) {
    long count = Math.min(examples, task.size());
    Optional<List<Metric>> metrics =
        switch (task) {
          case PredictionTask prediction -> predictions(prediction, seed, count);
          case GenerationTask generation -> answers(generation, seed, count);
          case ChoiceTask choice -> choices(choice, seed, count);
        };
    return metrics.map(found -> new TaskScore(task.describe(), task.length(), count, found));
  }

  /**
   * How well the right answers of any task's examples are predicted when they are read: accuracy
   * and loss at their targets. What training lowers; of a task that is scored otherwise, only a
   * hint.
   */
  public Optional<TaskScore> predict(Task task, long seed, long examples) {
    long count = Math.min(examples, task.size());
    return predictions(task, seed, count)
        .map(found -> new TaskScore(task.describe(), task.length(), count, found));
  }

  private Optional<List<Metric>> predictions(Task task, long seed, long count) {
    var reader = new SequenceReader(program, windows, () -> false);
    var score = new PredictionScore();
    int together = reader.together(task.length());
    for (long done = 0; done < count; ) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      List<Example> examples = new ArrayList<>();
      for (long i = done; i < Math.min(count, done + together); i++) {
        examples.add(task.example(seed, i));
      }
      read(reader, examples, score);
      done += examples.size();
      progress.accept(done);
    }
    return Optional.of(score.metrics());
  }

  private static void read(SequenceReader reader, List<Example> examples, PredictionScore score) {
    int[] current = {0};
    reader.read(
        examples.stream().map(Sequence::of).toList(),
        (example, position, row) -> {
          if (example != current[0]) {
            score.finishExample();
            current[0] = example;
          }
          score.target(examples.get(example), position, reader.likeliest(row), reader.loss(row));
        });
    score.finishExample();
  }

  private Optional<List<Metric>> answers(GenerationTask task, long seed, long count) {
    var answerer = new Answerer(program, windows, task.tokenizer(), seed);
    var score = new GroupedScore(task.metrics());
    for (long i = 0; i < count; i++) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      var question = task.question(seed, i);
      List<String> answers = answerer.answer(question, task, i);
      score.add(question.group(), task.score(question, answers));
      progress.accept(i + 1);
    }
    return Optional.of(score.metrics());
  }

  private Optional<List<Metric>> choices(ChoiceTask task, long seed, long count) {
    var chooser = new Chooser(new SequenceReader(program, windows, () -> false));
    List<String> names =
        task.normalized() ? List.of("acc_norm", "acc") : List.of("acc", "acc_norm");
    var score = new GroupedScore(names);
    for (long i = 0; i < count; i++) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      var choices = task.choices(seed, i);
      double[] right = chooser.score(choices);
      score.add(choices.group(), task.normalized() ? new double[] {right[1], right[0]} : right);
      progress.accept(i + 1);
    }
    return Optional.of(score.metrics());
  }
}
