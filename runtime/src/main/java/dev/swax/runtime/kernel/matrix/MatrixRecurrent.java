package dev.swax.runtime.kernel.matrix;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import java.util.Arrays;

/** A {@link MatrixShape} token by token, fast: a part is a head of a sequence. */
public abstract class MatrixRecurrent implements Task {
  private final Team team;
  private final MatrixCall call;
  private float[][] states = {};

  protected MatrixRecurrent(Team team, MatrixCall call) {
    this.team = team;
    this.call = call;
  }

  /** Changes the state, [K, padded V], by a token, and writes its y. */
  protected abstract void token(int worker, long at, float[] state);

  public final void run() {
    if (states.length < team.threads()) {
      states = new float[team.threads()][0];
    }
    team.run(this, call.heads());
  }

  @Override
  public final void run(int head) {
    int worker = team.worker();
    int size = MatrixCall.stateTile(call.shape);
    if (states[worker].length < size) {
      states[worker] = new float[size];
    }
    float[] state = states[worker];
    call.load(call.state, head, state, 0);
    for (int t = 0; t < call.time; t++) {
      if (call.resetsBefore(head, t)) {
        Arrays.fill(state, 0, size, 0);
      }
      token(worker, call.at(head, t), state);
    }
    if (call.state != null) {
      call.store(state, 0, call.state, head);
    }
  }

  public final long bytes() {
    long bytes = 0;
    for (float[] each : states) {
      bytes += 4L * each.length;
    }
    return bytes;
  }
}
