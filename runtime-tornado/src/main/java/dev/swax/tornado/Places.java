package dev.swax.tornado;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import java.util.Locale;

/**
 * Where the layers' numbers lie in the arrays on the device. Steps are counted from the embedding
 * (0) over the layers (from 1) to the head.
 */
final class Places {
  private final DeviceSizes sizes;
  private final int capacity;
  private final int[] matrices;
  private final int[] vectors;
  private final int[] kept;
  private final int decayed;
  private final int weights;
  private final int keptFloats;

  /**
   * @throws UserError if an array would have 2^31 numbers or more, which a device's indices cannot
   *     reach
   */
  Places(DeviceSizes sizes, int capacity) {
    this.sizes = sizes;
    this.capacity = capacity;
    int steps = sizes.layers() + 2;
    matrices = new int[steps];
    vectors = new int[steps];
    kept = new int[steps];
    long matrix = 0;
    long vector = 0;
    long keep = 0;
    for (int step = 0; step < steps; step++) {
      DeviceBlock block = block(step);
      matrices[step] = index(matrix, "weights");
      vectors[step] = index(vector, "weights");
      kept[step] = index(keep, "values kept for the backward pass");
      matrix += block.matrixFloats();
      vector += block.vectorFloats();
      keep += (long) block.keptColumns() * capacity;
    }
    decayed = index(matrix, "weights");
    weights = index(matrix + vector, "weights");
    keptFloats = index(keep, "values kept for the backward pass");
    for (int step = 0; step < steps; step++) {
      vectors[step] += decayed;
    }
  }

  /** The block of a step. */
  DeviceBlock block(int step) {
    if (step == 0) {
      return sizes.embedding();
    }
    return step <= sizes.layers() ? sizes.layer(step - 1) : sizes.head();
  }

  /** A number of floats as an index. */
  static int index(long floats, String what) {
    if (floats > Integer.MAX_VALUE) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "on a device, %s are one array of at most %,d numbers, but this training needs %,d",
              what,
              Integer.MAX_VALUE,
              floats),
          "train with a smaller `micro_batch`, or with `--device cpu`");
    }
    return (int) floats;
  }

  int steps() {
    return matrices.length;
  }

  int matrices(int step) {
    return matrices[step];
  }

  int vectors(int step) {
    return vectors[step];
  }

  int kept(int step) {
    return kept[step];
  }

  /** Where the values begin that a step reads of earlier steps. */
  int[] reads(int step) {
    if (step == 0 || step > sizes.layers()) {
      return new int[0];
    }
    int[] from = sizes.reads()[step - 1];
    int[] starts = new int[from.length / 2];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = kept[from[2 * i]] + from[2 * i + 1] * capacity;
    }
    return starts;
  }

  /** The stream before a step; that after it is the next one's. */
  int stream(int step) {
    return Math.max(0, step - 1) * capacity * sizes.width();
  }

  /** The gradient of the stream before a step, one of two that take turns. */
  int gradient(int step) {
    return (Math.max(0, step - 1) & 1) * capacity * sizes.width();
  }

  /** Floats of all streams. */
  int streamFloats() {
    return index(
        (long) (sizes.layers() + 1) * capacity * sizes.width(), "the streams of all layers");
  }

  /** Floats of weights with decay, which come first. */
  int decayedFloats() {
    return decayed;
  }

  int weightFloats() {
    return weights;
  }

  int keptFloats() {
    return Math.max(1, keptFloats);
  }

  /** Walks over the parameters with the place of each. */
  void forEach(Parameters parameters, Visitor visitor) {
    int matrix = 0;
    int vector = decayed;
    for (Parameter parameter : parameters.all()) {
      int size = index(parameter.spec().size(), "weights");
      if (parameter.spec().decayed()) {
        visitor.visit(parameter, matrix);
        matrix += size;
      } else {
        visitor.visit(parameter, vector);
        vector += size;
      }
    }
  }

  interface Visitor {
    void visit(Parameter parameter, int from);
  }
}
