package dev.swax.runtime.task;

/** How long the examples of a task are. */
public final class TaskLengths {
  private TaskLengths() {}

  /** The most tokens of one of the first examples, with its answer; at least 1. */
  public static int longest(Task task, long seed, long examples) {
    if (task.length() > 0) {
      return task.length();
    }
    int longest = 1;
    for (long i = 0; i < Math.min(examples, task.size()); i++) {
      longest = Math.max(longest, length(task, seed, i));
    }
    return longest;
  }

  private static int length(Task task, long seed, long index) {
    return switch (task) {
      case PredictionTask prediction -> prediction.example(seed, index).tokens().length;
      case GenerationTask generation ->
          generation.question(seed, index).tokens().length + generation.decoding().tokens();
      case ChoiceTask choice ->
          choice.choices(seed, index).options().stream()
              .mapToInt(option -> option.context().length + option.continuation().length)
              .max()
              .orElse(1);
    };
  }
}
