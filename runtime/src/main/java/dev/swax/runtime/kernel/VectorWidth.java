package dev.swax.runtime.kernel;

import jdk.incubator.vector.FloatVector;

/** How many floats the vector kernels handle at once. Needs {@link Kernels#vectorsAvailable}. */
public final class VectorWidth {
  private VectorWidth() {}

  public static int floats() {
    return FloatVector.SPECIES_PREFERRED.length();
  }
}
