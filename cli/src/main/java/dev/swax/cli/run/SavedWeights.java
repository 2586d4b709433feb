package dev.swax.cli.run;

import dev.swax.runtime.program.Parameters;

/**
 * The weights of a checkpoint, for use without training.
 *
 * @param step after which it was saved
 */
record SavedWeights(Parameters parameters, long step) implements AutoCloseable {
  @Override
  public void close() {
    parameters.close();
  }
}
