package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.NumberedSequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;

/**
 * One example of a task a sequence, from its first token; behind a shorter one nothing is scored.
 * Sequence n is example n, or, where examples are reused, the n-th of all epochs' random orders.
 * How far the run has come decides which task it is an example of.
 */
final class TaskSequences extends NumberedSequences {
  private final TrainingExamples data;
  private final Pace pace;
  private final long seed;
  private final RandomStream orders;

  private int stage;
  private Task task;
  private int count;
  private long epoch = -1;
  private int[] order = {};

  TaskSequences(TrainingExamples data, int time, long seed, Pace pace) {
    super(time);
    this.data = data;
    this.pace = pace;
    this.stage = data.earlier().size();
    this.task = data.training();
    this.count = data.different(task);
    this.seed = Purpose.TRAINING.seed(seed);
    this.orders = new RandomStream(seed, "data");
  }

  @Override
  protected int fill(Batch batch, int from, long number, long drawn) {
    take(data.at(pace.step(drawn), pace.steps()));
    return fill(batch, from, task.example(seed, index(number)));
  }

  private void take(int now) {
    if (now != stage) {
      stage = now;
      task = data.tasks().get(stage).part(Purpose.TRAINING);
      count = data.different(task);
      epoch = -1;
    }
  }

  private long index(long n) {
    if (count == 0) {
      return n;
    }
    long wanted = n / count;
    if (wanted != epoch) {
      epoch = wanted;
      order = orders.child("examples/" + epoch).permutation(count);
    }
    return order[(int) (n % count)];
  }

  /** A program starts every training sequence from the empty state: no document start is marked. */
  private int fill(Batch batch, int from, Example example) {
    int length = example.tokens().length;
    if (length > time) {
      throw new UserError(
          "an example of %s has %d tokens, but a sequence has %d"
              .formatted(task.describe(), length, time),
          null);
    }
    batch.clear(from, time);
    System.arraycopy(example.tokens(), 0, batch.tokens(), from, length);
    int count = 0;
    for (int t = 0; t < length; t++) {
      int target = data.loss().target(example, t);
      batch.targets()[from + t] = target;
      count += target >= 0 ? 1 : 0;
    }
    return count;
  }
}
