package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.BlockTiles;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the reads of a block have of its writes. With {@code W_jl = a_{l+1} * ... * a_j}, a vector
 * of K, made by one multiplication from {@code W_{j-1,l}}, and x for k or u:
 *
 * <pre>
 * q_j has of x_l   sum over channels of q_j W_jl x_l         l <= j
 * w_j has of x_l   sum over channels of w_j W_{j-1,l} x_l    l < j
 * </pre>
 *
 * <p>The gradient of log a_m is the sum over all pairs that a_m lies between, as it stands.
 */
final class DplrPairs {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;
  private static final int STRIDE = DplrTiles.PAIRS;

  private DplrPairs() {}

  /** Into t.pairs; those of queries only where they are loaded. */
  static void find(DplrTiles t, boolean queries) {
    int length = t.length();
    int stride = t.keyStride;
    Arrays.fill(t.pairs, 0, 2 * length * STRIDE, 0);
    for (int l = 0; l < length; l++) {
      System.arraycopy(t.k, l * stride, t.line, 0, stride);
      System.arraycopy(t.u, l * stride, t.uLine, 0, stride);
      find(t, t.line, l, l, queries);
      find(t, t.uLine, l, length + l, queries);
    }
  }

  private static void find(DplrTiles t, float[] line, int l, int column, boolean queries) {
    int length = t.length();
    int stride = t.keyStride;
    if (queries) {
      t.pairs[(length + l) * STRIDE + column] = TileMath.dot(line, 0, t.q, l * stride, stride);
    }
    for (int j = l + 1; j < length; j++) {
      t.pairs[j * STRIDE + column] = TileMath.dot(line, 0, t.w, j * stride, stride);
      if (queries) {
        t.pairs[(length + j) * STRIDE + column] =
            BlockTiles.decayAndRead(line, t.decay, t.q, j * stride, stride);
      } else {
        TileMath.multiply(line, 0, t.decay, j * stride, line, 0, stride);
      }
    }
  }

  /** Adds to t.dq, t.dw, t.dk, t.du and t.dDecay; t.pairSlopes is there. */
  static void gradient(DplrTiles t) {
    for (int l = 0; l < t.length(); l++) {
      for (int c = 0; c < t.keyStride; c += LANES) {
        queries(t, l, c);
        readsBefore(t, l, c);
        t.addSuffixes(l, c);
      }
    }
  }

  /** For some channels of token l. Leaves in t.lanes the terms of dlog a, a vector for each j. */
  private static void queries(DplrTiles t, int l, int c) {
    int stride = t.keyStride;
    int at = l * stride + c;
    int slope = (t.length() + l) * STRIDE + l;
    FloatVector left = FloatVector.broadcast(SPECIES, 1);
    FloatVector k = FloatVector.fromArray(SPECIES, t.k, at);
    FloatVector u = FloatVector.fromArray(SPECIES, t.u, at);
    FloatVector dk = FloatVector.fromArray(SPECIES, t.dk, at);
    FloatVector du = FloatVector.fromArray(SPECIES, t.du, at);
    for (int j = l; j < t.length(); j++, at += stride, slope += STRIDE) {
      if (j > l) {
        left = left.mul(FloatVector.fromArray(SPECIES, t.decay, at));
      }
      FloatVector ofKey = left.mul(t.pairSlopes[slope]);
      FloatVector ofU = left.mul(t.pairSlopes[slope + t.length()]);
      FloatVector query = FloatVector.fromArray(SPECIES, t.q, at);
      dk = ofKey.fma(query, dk);
      du = ofU.fma(query, du);
      FloatVector dq = ofU.fma(u, ofKey.mul(k));
      dq.add(FloatVector.fromArray(SPECIES, t.dq, at)).intoArray(t.dq, at);
      dq.mul(query).intoArray(t.lanes, j * LANES);
    }
    dk.intoArray(t.dk, l * stride + c);
    du.intoArray(t.du, l * stride + c);
  }

  /** The same of what is read before the decay of j: its terms of dlog a count from j - 1 on. */
  private static void readsBefore(DplrTiles t, int l, int c) {
    int stride = t.keyStride;
    int at = l * stride + c;
    int slope = (l + 1) * STRIDE + l;
    FloatVector left = FloatVector.broadcast(SPECIES, 1);
    FloatVector k = FloatVector.fromArray(SPECIES, t.k, at);
    FloatVector u = FloatVector.fromArray(SPECIES, t.u, at);
    FloatVector dk = FloatVector.fromArray(SPECIES, t.dk, at);
    FloatVector du = FloatVector.fromArray(SPECIES, t.du, at);
    for (int j = l + 1; j < t.length(); j++, slope += STRIDE) {
      if (j > l + 1) {
        left = left.mul(FloatVector.fromArray(SPECIES, t.decay, at));
      }
      at += stride;
      FloatVector ofKey = left.mul(t.pairSlopes[slope]);
      FloatVector ofU = left.mul(t.pairSlopes[slope + t.length()]);
      FloatVector w = FloatVector.fromArray(SPECIES, t.w, at);
      dk = ofKey.fma(w, dk);
      du = ofU.fma(w, du);
      FloatVector dw = ofU.fma(u, ofKey.mul(k));
      dw.add(FloatVector.fromArray(SPECIES, t.dw, at)).intoArray(t.dw, at);
      int lane = (j - 1) * LANES;
      dw.mul(w).add(FloatVector.fromArray(SPECIES, t.lanes, lane)).intoArray(t.lanes, lane);
    }
    dk.intoArray(t.dk, l * stride + c);
    du.intoArray(t.du, l * stride + c);
  }
}
