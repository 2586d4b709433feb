package dev.swax.tornado;

import dev.swax.runtime.kernel.rope.Rotation;
import java.util.Arrays;
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
 * @param positions rows of the learnt table of positions; 0 for none
 * @param reads for each layer, for each value that it reads of an earlier layer: the step of that
 *     layer, and the columns that it keeps before the value
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
    int[] order,
    int positions,
    int[][] reads) {

  public DeviceSizes {
    windows = List.copyOf(windows);
    rotations = List.copyOf(rotations);
    blocks = List.copyOf(blocks);
  }

  /** A model without learnt positions, whose layers read nothing but the stream. */
  public DeviceSizes(
      int width,
      int vocabulary,
      List<String> windows,
      int scratchColumns,
      int partialColumns,
      float[] constants,
      List<Rotation> rotations,
      List<DeviceBlock> blocks,
      int[] order) {
    this(
        width,
        vocabulary,
        windows,
        scratchColumns,
        partialColumns,
        constants,
        rotations,
        blocks,
        order,
        0,
        new int[order.length][0]);
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

  /** What one layer reads at most. */
  int mostReads() {
    return Arrays.stream(reads).mapToInt(read -> read.length / 2).max().orElse(0);
  }
}
