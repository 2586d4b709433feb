package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * One state [K, V] and one n [K] for every head and chunk border, padded for {@link TileProduct}:
 * slot c is the state that enters chunk c. First the slots hold what each chunk adds; {@link
 * #carryOn} or {@link #carryBack} then turns these into states. All of them may be more floats than
 * an array holds.
 */
final class MemoryStates {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

  /** Floats of a state that one part carries through all chunks. */
  private static final int PIECE = 4096;

  private final TilePages pages;
  private int normalizerOffset;
  private int stride;

  MemoryStates() {
    pages = new TilePages();
  }

  /** With arrays of at most so many floats, or of one state. */
  MemoryStates(int longestPage) {
    pages = new TilePages(longestPage);
  }

  /** Floats of that many states of each head. */
  static long floats(int heads, int borders, MemoryShape shape) {
    long columns = TileProduct.padColumns(shape.valueWidth());
    long normalizer = TileProduct.padColumns(shape.keyWidth());
    return heads * (long) borders * (TileProduct.padRows(shape.keyWidth()) * columns + normalizer);
  }

  /** Makes room for {@code borders} states of each head. */
  void grow(int heads, int borders, MemoryShape shape) {
    stride = TileProduct.padColumns(shape.valueWidth());
    normalizerOffset = TileProduct.padRows(shape.keyWidth()) * stride;
    int size = normalizerOffset + TileProduct.padColumns(shape.keyWidth());
    pages.grow(heads, borders, size);
  }

  /** The array that holds the state of a head that enters a chunk. */
  float[] values(int head, int chunk) {
    return pages.values(head, chunk);
  }

  /** Where the state [K, stride] begins in it. */
  int at(int head, int chunk) {
    return pages.at(head, chunk);
  }

  /** Where its n begins. */
  int normalizerAt(int head, int chunk) {
    return at(head, chunk) + normalizerOffset;
  }

  int stride() {
    return stride;
  }

  int size() {
    return pages.size();
  }

  int pieces() {
    return (size() + PIECE - 1) / PIECE;
  }

  /** {@code slot[c + 1] += keep[c] * slot[c]}, for one piece of one head. */
  void carryOn(int head, int piece, float[] keeps) {
    int chunks = pages.slots() - 1;
    for (int chunk = 0; chunk < chunks; chunk++) {
      carry(head, chunk, chunk + 1, piece, keeps[head * chunks + chunk]);
    }
  }

  /** {@code slot[c] += keep[c] * slot[c + 1]}, from the last chunk on. */
  void carryBack(int head, int piece, float[] keeps) {
    int chunks = pages.slots() - 1;
    for (int chunk = chunks - 1; chunk >= 0; chunk--) {
      carry(head, chunk + 1, chunk, piece, keeps[head * chunks + chunk]);
    }
  }

  private void carry(int head, int source, int target, int piece, float keep) {
    if (keep == 0) {
      return; // also where the state that is not kept is infinite
    }
    float[] from = values(head, source);
    float[] to = values(head, target);
    int fromAt = at(head, source);
    int toAt = at(head, target);
    int end = Math.min(size(), (piece + 1) * PIECE);
    for (int i = piece * PIECE; i < end; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, from, fromAt + i)
          .mul(keep)
          .add(FloatVector.fromArray(SPECIES, to, toAt + i))
          .intoArray(to, toAt + i);
    }
  }

  /** Copies a state into a slot; none is zero. */
  void load(@Nullable Tensor state, int head, int chunk, MemoryShape shape) {
    float[] values = values(head, chunk);
    int to = at(head, chunk);
    if (state == null) {
      Arrays.fill(values, to, to + size(), 0);
      return;
    }
    int columns = shape.stateColumns();
    long from = (long) head * shape.keyWidth() * columns;
    TileCopy.load(
        state, from, columns, shape.keyWidth(), shape.valueWidth(), 1f, values, to, stride);
    for (int r = 0; r < shape.keyWidth(); r++) {
      values[to + normalizerOffset + r] =
          columns == shape.valueWidth() ? 0 : state.get(from + (long) (r + 1) * columns - 1);
    }
  }

  /** Copies a slot into a state. */
  void store(Tensor state, int head, int chunk, MemoryShape shape) {
    int columns = shape.stateColumns();
    long to = (long) head * shape.keyWidth() * columns;
    float[] values = values(head, chunk);
    int from = at(head, chunk);
    TileCopy.store(
        values, from, stride, shape.keyWidth(), shape.valueWidth(), 1f, false, state, to, columns);
    if (columns > shape.valueWidth()) {
      for (int r = 0; r < shape.keyWidth(); r++) {
        state.set(to + (long) (r + 1) * columns - 1, values[from + normalizerOffset + r]);
      }
    }
  }

  long bytes() {
    return pages.bytes();
  }
}
