package dev.swax.runtime.task;

import java.util.stream.LongStream;

/** How many tokens the examples of a task have, under its own tokenizer. */
public final class TaskLengths {
  private TaskLengths() {}

  /**
   * The most tokens that a model reads in a row, or reads and writes, while it is scored on the
   * first examples; at least 1.
   */
  public static int longest(Task task, long seed, long examples) {
    return task.length() > 0
        ? task.length()
        : (int) indices(task, examples).map(i -> most(task, seed, i)).max().orElse(1);
  }

  /**
   * All tokens that a model reads or writes while it is scored on the first examples; where they
   * have a length, as if each had so many and one answer.
   */
  public static long total(Task task, long seed, long examples) {
    return task.length() > 0
        ? task.length() * Math.min(examples, task.size())
        : indices(task, examples).map(i -> all(task, seed, i)).sum();
  }

  /** The most tokens of an example of a task that has not endlessly many, as training shows it. */
  public static int longestExample(Task task, long seed) {
    return indices(task, task.size())
        .mapToInt(i -> task.example(seed, i).tokens().length)
        .max()
        .orElse(1);
  }

  private static LongStream indices(Task task, long examples) {
    return LongStream.range(0, Math.min(examples, task.size()));
  }

  private static long most(Task task, long seed, long index) {
    return switch (task) {
      case PredictionTask prediction -> prediction.example(seed, index).tokens().length;
      case GenerationTask generation -> answered(generation, seed, index);
      case ChoiceTask choice -> options(choice, seed, index).max().orElse(1);
    };
  }

  private static long all(Task task, long seed, long index) {
    return switch (task) {
      case PredictionTask prediction -> prediction.example(seed, index).tokens().length;
      case GenerationTask generation ->
          generation.decoding().samples() * answered(generation, seed, index);
      case ChoiceTask choice -> options(choice, seed, index).sum();
    };
  }

  /** A question with the longest answer. */
  private static long answered(GenerationTask task, long seed, long index) {
    return task.question(seed, index).tokens().length + (long) task.decoding().tokens();
  }

  private static LongStream options(ChoiceTask task, long seed, long index) {
    return task.choices(seed, index).options().stream()
        .mapToLong(option -> option.context().length + option.continuation().length);
  }
}
