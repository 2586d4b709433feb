package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskLengths;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether examples of tasks fit a run.
 *
 * @param count how many different ones are trained on; 0 for all
 * @param sequence tokens of a sequence
 */
record ExampleChecks(int count, int sequence) {
  /** Why a run with these tasks cannot be; empty where it can. */
  Optional<UserError> obstacle(List<Task> tasks) {
    return tasks.stream().flatMap(task -> obstacle(task).stream()).findFirst();
  }

  private Optional<UserError> obstacle(Task task) {
    try {
      return task.obstacle()
          .or(() -> task.part(Purpose.TRAINING).obstacle())
          .or(() -> withoutLength(task))
          .or(() -> tooMany(task.part(Purpose.TRAINING)))
          .or(() -> tooLong(task));
    } catch (UserError e) { // an example that the tokenizer does not know
      return Optional.of(e);
    }
  }

  private static Optional<UserError> withoutLength(Task task) {
    return task.length() > 0 || task.size() != Task.ENDLESS
        ? Optional.empty()
        : Optional.of(
            new UserError(
                "an example of %s may be longer than any sequence".formatted(task.describe()),
                "give the task a `length`"));
  }

  private Optional<UserError> tooMany(Task training) {
    return count <= training.size()
        ? Optional.empty()
        : Optional.of(
            new UserError(
                String.format(
                    Locale.ROOT,
                    "`examples` is %,d, but %s has %,d",
                    count,
                    training.describe(),
                    training.size()),
                "leave `examples` out to use all of them"));
  }

  /** Records are as long as they come, and all are known; of those that are made, one is tried. */
  private Optional<UserError> tooLong(Task task) {
    int longest =
        task.size() == Task.ENDLESS
            ? task.example(0, 0).tokens().length
            : TaskLengths.longestExample(task, 0);
    return longest <= sequence
        ? Optional.empty()
        : Optional.of(
            new UserError(
                String.format(
                    Locale.ROOT,
                    "the longest example of %s has %,d tokens, but a sequence has %,d",
                    task.describe(),
                    longest,
                    sequence),
                "`seq = %d tok`".formatted(longest)));
  }
}
