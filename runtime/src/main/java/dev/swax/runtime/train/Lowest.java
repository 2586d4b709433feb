package dev.swax.runtime.train;

import java.util.List;

/** Which of the validations so far is the lowest, and how many have come since. */
final class Lowest {
  private double loss;
  private long step;
  private int since;

  /** Of those that a run already has. */
  Lowest(List<Measurement> measurements) {
    measurements.forEach(this::add);
  }

  /**
   * Of those that a run already has, without the first ones as long as the weights of the lowest
   * are not kept: a run cannot go back to it.
   *
   * @param kept steps whose weights are there
   */
  static Lowest ofKept(List<Measurement> measurements, List<Long> kept) {
    List<Measurement> left = measurements;
    var lowest = new Lowest(left);
    while (lowest.step > 0 && !kept.contains(lowest.step)) {
      long gone = lowest.step;
      left = left.stream().filter(each -> each.step() > gone).toList();
      lowest = new Lowest(left);
    }
    return lowest;
  }

  /**
   * A validation.
   *
   * @param loss nats per token
   */
  record Measurement(long step, double loss) {}

  /** The next one. One that is as low as the lowest is not lower. */
  void add(Measurement next) {
    if (step == 0 || Double.isNaN(loss) || next.loss() < loss) {
      loss = next.loss();
      step = next.step();
      since = 0;
    } else {
      since++;
    }
  }

  /** The step of the lowest; 0 before the first. */
  long step() {
    return step;
  }

  /** How many have come since. */
  int since() {
    return since;
  }
}
