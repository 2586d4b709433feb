package dev.swax.runtime.kernel.tile;

import jdk.incubator.vector.FloatVector;

/**
 * How many floats the vector kernels handle at once. Needs {@link
 * dev.swax.runtime.kernel.Kernels#vectorsAvailable}.
 */
public final class VectorWidth {
  private VectorWidth() {}

  public static int floats() {
    return FloatVector.SPECIES_PREFERRED.length();
  }
}
