package dev.swax.tornado;

import dev.swax.runtime.kernel.rope.Rotation;
import java.util.List;

/**
 * What a generated program tells of its model.
 *
 * @param windows names of the windows, in the order of their values
 * @param scratchColumns floats a token of scratch that all layers share
 * @param partialColumns floats that each work-group of a row kernel needs for its sums
 * @param constants rows of numbers that never change, one after the other
 * @param rotations tables of angles, in their order
 * @param blocks embedding, kinds of layers, head
 * @param order the kind of each layer, counted from 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record DeviceSizes(
    int width,
    int vocabulary,
    List<String> windows,
    int scratchColumns,
    int partialColumns,
    float[] constants,
    List<Rotation> rotations,
    List<DeviceBlock> blocks,
    int[] order) {

  public DeviceSizes {
    windows = List.copyOf(windows);
    rotations = List.copyOf(rotations);
    blocks = List.copyOf(blocks);
  }

  DeviceBlock embedding() {
    return blocks.getFirst();
  }

  DeviceBlock head() {
    return blocks.getLast();
  }

  /** The block of a layer. */
  DeviceBlock layer(int index) {
    return blocks.get(1 + order[index]);
  }

  int layers() {
    return order.length;
  }
}
