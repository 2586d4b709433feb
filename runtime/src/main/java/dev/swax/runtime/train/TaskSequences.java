package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.NumberedSequences;
import dev.swax.runtime.data.Packing;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Examples of a task, one a sequence, or as many whole ones as fit; behind the last one nothing is
 * scored. Which ones sequence n holds follows from n, and which task they are of from how far the
 * run has come.
 */
final class TaskSequences extends NumberedSequences {
  private final TrainingExamples data;
  private final Pace pace;
  private final long seed;
  private final RandomStream orders;

  private int stage;
  private Task task;
  private ExampleGroups groups;

  TaskSequences(TrainingExamples data, int time, long seed, Pace pace) {
    super(time);
    this.data = data;
    this.pace = pace;
    this.seed = Purpose.TRAINING.seed(seed);
    this.orders = new RandomStream(seed, "data");
    this.stage = data.earlier().size();
    this.task = data.training();
    this.groups = groups(task);
  }

  private ExampleGroups groups(Task training) {
    return ExampleGroups.of(training, data.different(training), data.packing(), time, seed, orders);
  }

  @Override
  public List<String> notes() {
    if (data.packing() != Packing.WHOLE) {
      return List.of();
    }
    String stages =
        data.tasks().stream()
            .map(each -> groups(each.part(Purpose.TRAINING)).describe())
            .collect(Collectors.joining("; then "));
    return List.of("sequences hold whole examples: " + stages);
  }

  @Override
  protected int fill(Batch batch, int from, long number, long drawn) {
    take(data.at(pace.step(drawn), pace.steps()));
    batch.clear(from, time);
    int at = from;
    int count = 0;
    for (long index : groups.at(number)) {
      Example example = task.example(seed, index);
      requireRoom(example, from + time - at);
      // A program starts every training sequence from the empty state: only later starts are
      // marked.
      batch.documentStarts()[at] = at > from;
      count += write(batch, at, example);
      at += example.tokens().length;
    }
    return count;
  }

  private void take(int now) {
    if (now != stage) {
      stage = now;
      task = data.tasks().get(stage).part(Purpose.TRAINING);
      groups = groups(task);
    }
  }

  private void requireRoom(Example example, int room) {
    int length = example.tokens().length;
    if (length > room) {
      throw new UserError(
          "an example of %s has %d tokens, but a sequence has %d"
              .formatted(task.describe(), length, room),
          null);
    }
  }

  private int write(Batch batch, int at, Example example) {
    int length = example.tokens().length;
    System.arraycopy(example.tokens(), 0, batch.tokens(), at, length);
    int count = 0;
    for (int t = 0; t < length; t++) {
      int target = data.loss().target(example, t);
      batch.targets()[at + t] = target;
      count += target >= 0 ? 1 : 0;
    }
    return count;
  }
}
