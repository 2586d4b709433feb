package dev.swax.runtime.train;

import dev.swax.runtime.program.Program;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.rank.SingleProcess;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link Trainer} works with.
 *
 * @param training program of {@code recipe.microBatch()} sequences of {@code recipe.sequence()}
 *     tokens
 * @param evaluation program that shares its parameters, of any size; it may run elsewhere
 * @param stop asked after every step
 * @param out where progress is told
 * @param terminal whether {@code out} is a terminal
 * @param flopsPerToken of a training step, for metrics.jsonl
 * @param session what this process is asked beside the recipe
 * @param probe measured with each validation by the process that leads; null for none
 * @param together with whom; null where the program adds up its gradients itself, in one process
 */
public record TrainingJob(
    Recipe recipe,
    Program training,
    Program evaluation,
    TrainingData data,
    RunDirectory run,
    BooleanSupplier stop,
    PrintStream out,
    boolean terminal,
    double flopsPerToken,
    Session session,
    @Nullable Probe probe,
    @Nullable Together together) {

  /** Of one process, whose program adds up its gradients itself. */
  public TrainingJob(
      Recipe recipe,
      Program training,
      Program evaluation,
      TrainingData data,
      RunDirectory run,
      BooleanSupplier stop,
      PrintStream out,
      boolean terminal,
      double flopsPerToken) {
    this(
        recipe,
        training,
        evaluation,
        data,
        run,
        stop,
        out,
        terminal,
        flopsPerToken,
        Session.PLAIN,
        null,
        null);
  }

  /** All processes of the training. */
  Ranks ranks() {
    return together == null ? new SingleProcess() : together.ranks();
  }

  /** Lanes whose gradients are summed apart. */
  int lanes() {
    return together == null ? 1 : recipe.lanes();
  }
}
