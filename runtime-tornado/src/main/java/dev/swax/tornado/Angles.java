package dev.swax.tornado;

import dev.swax.tornado.kernel.RopeKernels;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Tables of rotary angles, computed in double on the host. */
final class Angles {
  private Angles() {}

  /** A table of {@link RopeKernels#fillTable} for each rotation, one after the other. */
  static FloatArray table(List<DeviceSizes.Rotation> rotations, int time) {
    long floats = 0;
    for (DeviceSizes.Rotation rotation : rotations) {
      floats += (long) rotation.headWidth() * time;
    }
    FloatArray table = new FloatArray(Places.index(Math.max(1, floats), "tables of angles"));
    table.init(0f);
    int at = 0;
    for (DeviceSizes.Rotation rotation : rotations) {
      RopeKernels.fillTable(table, at, time, rotation.headWidth(), rotation.theta());
      at += rotation.headWidth() * time;
    }
    return table;
  }
}
