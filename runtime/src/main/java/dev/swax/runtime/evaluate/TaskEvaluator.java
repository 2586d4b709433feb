package dev.swax.runtime.evaluate;

import dev.swax.runtime.program.Program;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.rank.SingleProcess;
import dev.swax.runtime.task.ChoiceTask;
import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.PredictionTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Scores a model on tasks. Its memory does not depend on the length of examples. */
public final class TaskEvaluator {
  private final Program program;
  private final int[] windows;
  private final BooleanSupplier stop;
  private final LongConsumer progress;
  private final Ranks ranks;

  /**
   * @param program for evaluation, of one row
   * @param windows of every window of the model, in the order of {@link Program#windowNames}
   * @param stop asked now and then; once true, there is no score
   * @param progress told how many examples are done
   */
  public TaskEvaluator(
      Program program, int[] windows, BooleanSupplier stop, LongConsumer progress) {
    this(program, windows, stop, progress, new SingleProcess());
  }

  /** One that shares the examples with other processes, each of which gets the whole score. */
  public TaskEvaluator(
      Program program, int[] windows, BooleanSupplier stop, LongConsumer progress, Ranks ranks) {
    this.ranks = ranks;
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
    int together = reader.together(task.length());
    Optional<List<long[]>> results =
        compute(
            count,
            together,
            (from, to) -> {
              List<Example> examples = new ArrayList<>();
              for (long i = from; i < to; i++) {
                examples.add(task.example(seed, i));
              }
              return Optional.of(read(reader, examples));
            });
    return results.map(all -> {
      var score = new PredictionScore();
      all.forEach(score::add);
      return score.metrics();
    });
  }

  private static List<long[]> read(SequenceReader reader, List<Example> examples) {
    var score = new PredictionScore();
    List<long[]> results = new ArrayList<>();
    int[] current = {0};
    reader.read(
        examples.stream().map(Sequence::of).toList(),
        (example, position, row) -> {
          if (example != current[0]) {
            score.finishExample().ifPresent(results::add);
            current[0] = example;
          }
          score.target(examples.get(example), position, reader.likeliest(row), reader.loss(row));
        });
    score.finishExample().ifPresent(results::add);
    return results;
  }

  private Optional<List<Metric>> answers(GenerationTask task, long seed, long count) {
    var answerer = new Answerer(program, windows, task.tokenizer(), seed, stop);
    return grouped(
        count,
        together(count, task.decoding().samples()),
        task.metrics(),
        i -> task.question(seed, i).group(),
        (from, to) -> {
          List<Question> questions =
              LongStream.range(from, to).mapToObj(i -> task.question(seed, i)).toList();
          return answerer
              .answer(questions, task, from)
              .map(answers ->
                  IntStream.range(0, questions.size())
                      .mapToObj(i -> bits(task.score(questions.get(i), answers.get(i))))
                      .toList());
        });
  }

  /** How many questions are answered side by side; every process gets some. */
  private int together(long questions, int samples) {
    long share = (questions + ranks.size() - 1) / ranks.size();
    return Math.clamp(share, 1, Math.max(1, program.texts() / samples));
  }

  private Optional<List<Metric>> choices(ChoiceTask task, long seed, long count) {
    var chooser = new Chooser(new SequenceReader(program, windows, () -> false));
    return grouped(
        count,
        1,
        task.normalized() ? List.of("acc_norm", "acc") : List.of("acc", "acc_norm"),
        i -> task.choices(seed, i).group(),
        (i, _) -> {
          double[] right = chooser.score(task.choices(seed, i));
          double[] values = task.normalized() ? new double[] {right[1], right[0]} : right;
          return Optional.of(List.of(bits(values)));
        });
  }

  private Optional<List<Metric>> grouped(
      long count, int together, List<String> names, LongFunction<String> group, Work work) {
    return compute(count, together, work)
        .map(all -> {
          var score = new GroupedScore(names);
          for (int i = 0; i < all.size(); i++) {
            score.add(
                group.apply(i),
                Arrays.stream(all.get(i)).mapToDouble(Double::longBitsToDouble).toArray());
          }
          return score.metrics();
        });
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  /** The results of examples {@code from .. to}; nothing where it was stopped. */
  private interface Work {
    Optional<List<long[]>> results(long from, long to);
  }

  /** The results of all examples, so many at a time; nothing where it was stopped. */
  private Optional<List<long[]>> compute(long count, int together, Work work) {
    return new Divided(ranks)
        .compute(
            (count + together - 1) / together,
            block -> {
              if (stop.getAsBoolean()) {
                return Optional.empty();
              }
              long to = Math.min(count, (block + 1) * together);
              Optional<List<long[]>> results = work.results(block * together, to);
              results.ifPresent(_ -> progress.accept(to));
              return results;
            });
  }
}
