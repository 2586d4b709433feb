package dev.swax.runtime.rank;

import java.time.Duration;
import java.util.List;

/** Is told, in a thread of its own, why this process cannot go on with the others. */
public interface LossListener {
  /** What started the processes has ended, and has left this one behind. */
  void launcherEnded();

  /** Nothing was heard of these processes for so long, by their ranks, in order. */
  void silent(List<Integer> ranks, Duration time);
}
