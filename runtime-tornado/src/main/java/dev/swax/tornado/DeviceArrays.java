package dev.swax.tornado;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.tornado.kernel.OptimizerKernels;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * How long every array of a program is, for {@code batch} sequences of {@code time} tokens. The
 * program allocates by it, and what does not fit is refused by it. TornadoVM keeps each array on
 * both sides, so the host needs as much as the device.
 */
public final class DeviceArrays implements DeviceProgram.Arrays {
  /** Work-groups of a row kernel at most: enough for any device, few enough to sum over. */
  private static final int MOST_PARTS = 512;

  private final DeviceSizes sizes;
  private final int batch;
  private final int time;
  private final Places places;
  private final int parts;
  private final Map<DeviceArray, Integer> lengths = new EnumMap<>(DeviceArray.class);

  /**
   * @param workspaceFloats that its kernels need at most
   * @param halfFloats numbers of bfloat16 that its products need at most
   * @throws UserError if an array would have 2^31 numbers or more
   */
  public DeviceArrays(
      DeviceSizes sizes, int batch, int time, long workspaceFloats, long halfFloats) {
    this.sizes = sizes;
    this.batch = batch;
    this.time = time;
    int rows = Places.index((long) batch * time, "tokens");
    this.parts = Math.min(rows, MOST_PARTS);
    this.places = new Places(sizes, rows);
    ofModel();
    put(DeviceArray.WORKSPACE, workspaceFloats);
    put(DeviceArray.HALVES, halfFloats);
    ofTokens();
  }

  private void ofModel() {
    put(DeviceArray.CONTROL, DeviceBuffers.WINDOWS + sizes.windows().size() + sizes.mostReads());
    put(DeviceArray.SETTINGS, DeviceBuffers.SETTINGS);
    put(DeviceArray.WEIGHTS, places.weightFloats());
    put(DeviceArray.GRADIENTS, places.weightFloats());
    put(DeviceArray.FIRST_MOMENTS, places.weightFloats());
    put(DeviceArray.SECOND_MOMENTS, places.weightFloats());
    put(DeviceArray.SQUARES, OptimizerKernels.groups(places.weightFloats()));
    put(DeviceArray.PARTIALS, (long) parts * sizes.partialColumns());
    put(DeviceArray.CONSTANTS, Math.max(1, sizes.constants().length));
    put(DeviceArray.ANGLES, Angles.floats(sizes.rotations(), time));
    int positionStarts = sizes.positions() == 0 ? 0 : sizes.positions() + 1;
    put(DeviceArray.TOKEN_STARTS, sizes.vocabulary() + 1L + positionStarts);
  }

  private void ofTokens() {
    long rows = (long) batch * time;
    put(DeviceArray.STREAM, places.streamFloats());
    put(DeviceArray.STREAM_GRADIENT, 2L * sizes.width() * rows);
    put(DeviceArray.KEPT, places.keptFloats());
    put(DeviceArray.SCRATCH, Math.max(1, sizes.scratchColumns()) * rows);
    put(DeviceArray.LOGITS, sizes.vocabulary() * rows);
    put(DeviceArray.LOSSES, 2 * rows);
    long indices = sizes.positions() == 0 ? rows : 2 * rows;
    put(DeviceArray.TOKENS, indices);
    put(DeviceArray.TARGETS, rows);
    put(DeviceArray.FIRST_KEYS, rows);
    put(DeviceArray.TOKEN_ORDER, indices);
  }

  private void put(DeviceArray array, long length) {
    lengths.put(array, Places.index(length, array.words()));
  }

  @Override
  public List<DeviceProgram.Array> all() {
    return lengths.entrySet().stream()
        .map(e ->
            new DeviceProgram.Array(e.getKey().words(), (long) e.getValue() * e.getKey().bytes()))
        .toList();
  }

  FloatArray floats(DeviceArray array) {
    return new FloatArray(length(array));
  }

  /** All zeros. */
  IntArray integers(DeviceArray array) {
    var integers = new IntArray(length(array));
    integers.init(0);
    return integers;
  }

  /** All zeros. */
  ShortArray shorts(DeviceArray array) {
    var shorts = new ShortArray(length(array));
    shorts.init((short) 0);
    return shorts;
  }

  private int length(DeviceArray array) {
    return Objects.requireNonNull(lengths.get(array));
  }

  DeviceSizes sizes() {
    return sizes;
  }

  int batch() {
    return batch;
  }

  int time() {
    return time;
  }

  Places places() {
    return places;
  }

  /** Work-groups of a row kernel. */
  int parts() {
    return parts;
  }
}
