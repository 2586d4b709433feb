package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import java.util.Arrays;

/**
 * One example of a task a sequence, from its first token; behind a shorter one nothing is scored.
 * Sequence n is example n, or, where examples are reused, the n-th of all epochs' random orders.
 * How far the run has come decides which task it is an example of.
 */
final class TaskSequences implements Sequences {
  private final TrainingData.Examples data;
  private final Pace pace;
  private final int time;
  private final long seed;
  private final RandomStream orders;

  private int stage;
  private Task task;
  private int count;
  private long epoch = -1;
  private int[] order = {};
  private long position;

  TaskSequences(TrainingData.Examples data, int time, long seed, Pace pace) {
    this.data = data;
    this.pace = pace;
    this.stage = data.earlier().size();
    this.task = data.training();
    this.count = data.different(task);
    this.time = time;
    this.seed = Purpose.TRAINING.seed(seed);
    this.orders = new RandomStream(seed, "data");
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void seek(long position) {
    this.position = position;
  }

  @Override
  public int next(Batch batch, long drawn) {
    int targets = 0;
    for (int row = 0; row < batch.batch(); row++) {
      take(data.at(pace.step(drawn + row), pace.steps()));
      targets += fill(batch, row * time, task.example(seed, index(position)));
      position++;
    }
    return targets;
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
    Arrays.fill(batch.tokens(), from, from + time, 0);
    Arrays.fill(batch.targets(), from, from + time, -1);
    Arrays.fill(batch.documentStarts(), from, from + time, false);
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
