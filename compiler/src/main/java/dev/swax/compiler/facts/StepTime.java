package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How long a step takes on several processes: {@code F / (n r) + 8 W (n - 1) / n / b + c l} for
 * {@code n} of them. Each computes its part of the operations {@code F}, sends and gets its part of
 * the gradients and of the new weights, 4 bytes for each of {@code W} numbers twice, and waits for
 * {@code c} exchanges.
 *
 * @param flops of a step
 * @param weights numbers in all
 * @param tokens of a step
 * @param lanes the most processes that can share it
 * @param machine what each process has
 */
public record StepTime(double flops, long weights, int tokens, int lanes, Machine machine) {

  /**
   * What computes and connects.
   *
   * @param flops operations a second of one process
   * @param bandwidth bytes a second that a process sends while it gets as many
   * @param latency seconds of an exchange of nothing
   */
  public record Machine(double flops, double bandwidth, double latency) {}

  /** Exchanges of a step beside those of gradients: losses, norms, weights, the wish to stop. */
  private static final int FEW = 5;

  /** Numbers of a share that are exchanged at a time. */
  private static final int CHUNK = 1 << 20;

  /** A doubling pays where it makes a step so many times as fast. */
  private static final double PAYS = 1.5;

  /** That of a model as a train block trains it. */
  public static StepTime of(Architecture model, TrainPlan train, Machine machine) {
    var recipe = train.recipe();
    double perToken = new FlopCount(model).perTrainedToken(Usage.of(train));
    return new StepTime(
        perToken * recipe.batchTokens(),
        ParameterCount.of(model).total(),
        recipe.batchTokens(),
        recipe.lanes(),
        machine);
  }

  /** Seconds of a step by so many processes. */
  public double seconds(int processes) {
    double computing = flops / (processes * machine.flops());
    if (processes == 1) {
      return computing;
    }
    double others = (processes - 1.0) / processes;
    double moved = 2.0 * Float.BYTES * weights * others;
    double exchanges = Math.ceil((double) weights / processes / CHUNK) + FEW;
    return computing + moved / machine.bandwidth() + exchanges * machine.latency();
  }

  /** Seconds of a step, by the number of processes. */
  public SequencedMap<Integer, Double> seconds() {
    SequencedMap<Integer, Double> seconds = new LinkedHashMap<>();
    for (int processes = 1; processes <= lanes; processes *= 2) {
      seconds.put(processes, seconds(processes));
    }
    return seconds;
  }

  /** How many processes to take, at most: the last number to which doubling pays. */
  public int worthwhile() {
    int processes = 1;
    while (2 * processes <= lanes && seconds(processes) >= PAYS * seconds(2 * processes)) {
      processes *= 2;
    }
    return processes;
  }
}
