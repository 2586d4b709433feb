package dev.swax.runtime.train;

import dev.swax.runtime.program.UpdateRule;
import java.util.List;

/**
 * The gradients of a step: how those of its lanes are summed, and what they change. A step calls
 * {@link #begin} and {@link #end} around the micro-batches of each lane of this process, then
 * {@link #sumOfSquares}, then {@link #update}.
 */
interface StepGradients extends AutoCloseable {
  /** Before the first micro-batch of a lane; {@code lane} counts those of this process. */
  void begin(int lane);

  /** After the last micro-batch of a lane. */
  void end(int lane);

  /** Sums all lanes of all processes; returns the sum of the squares of that sum. */
  double sumOfSquares();

  /** Updates every weight by the sum. */
  void update(List<UpdateRule> rules, double rate, double scale, long step);

  @Override
  void close();
}
