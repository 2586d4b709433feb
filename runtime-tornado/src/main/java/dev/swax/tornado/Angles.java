package dev.swax.tornado;

import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.tornado.kernel.RopeKernels;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Tables of rotary angles, computed in double on the host. */
final class Angles {
  private Angles() {}

  /** How many numbers all tables have; one where there is no table, as no array is empty. */
  static long floats(List<Rotation> rotations, int time) {
    long columns = rotations.stream().mapToLong(Rotation::columns).sum();
    return Math.max(1, columns * time);
  }

  /** Fills in a table of {@link RopeKernels#fillTable} for each rotation, one after the other. */
  static void fill(FloatArray tables, List<Rotation> rotations, int time) {
    tables.init(0f);
    int at = 0;
    for (Rotation rotation : rotations) {
      RopeKernels.fillTable(tables, at, time, rotation);
      at += rotation.columns() * time;
    }
  }
}
