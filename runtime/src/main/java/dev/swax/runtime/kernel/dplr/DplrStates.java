package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.MatrixCall;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileProduct;

/** What the gradient wants of the walk forward: states at the borders of chunks, and every z. */
final class DplrStates {
  private final DplrCall call;
  private final TilePages states = new TilePages();
  private final TilePages reads = new TilePages();

  DplrStates(DplrCall call) {
    this.call = call;
  }

  /** Floats of the z of one head. */
  static long readFloats(DplrShape shape, int time) {
    return (long) MatrixCall.chunks(time)
        * MatrixCall.CHUNK
        * TileProduct.padColumns(shape.valueWidth());
  }

  void grow() {
    int heads = call.heads();
    states.grow(heads, call.chunks(), MatrixCall.stateTile(call.shape));
    int rows = MatrixCall.CHUNK * TileProduct.padColumns(call.shape.valueWidth());
    reads.grow(heads, call.chunks(), rows);
  }

  /** S before each chunk. */
  TilePages states() {
    return states;
  }

  /** Rows of z of each chunk, [chunk, valueStride]. */
  TilePages reads() {
    return reads;
  }

  long bytes() {
    return states.bytes() + reads.bytes();
  }
}
