package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.BlockTiles;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the tokens of a block read of one another. With {@code W_jl = a_{l+1} * ... * a_j}, a vector
 * of K, made by one multiplication from {@code W_{j-1,l}}:
 *
 * <pre>
 * P_jl   = sum over channels of q_j W_jl k_l                      l <= j
 * dq_j  += sum over l of dP_jl W_jl k_l;   dk_l += sum over j of dP_jl W_jl q_j
 * dlog a_m += sum over l < m <= j of dP_jl q_j W_jl k_l
 * </pre>
 *
 * <p>The last is summed as it stands, not as a difference of q dq and k dk: where a decay is 0 all
 * its terms are.
 */
final class GlaPairs {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;
  private static final int BLOCK = BlockTiles.BLOCK;

  private GlaPairs() {}

  /** P into t.scores. */
  static void scores(BlockTiles t) {
    int stride = t.keyStride;
    Arrays.fill(t.scores, 0, t.length() * BLOCK, 0);
    for (int l = 0; l < t.length(); l++) {
      System.arraycopy(t.k, l * stride, t.line, 0, stride);
      t.scores[l * BLOCK + l] = TileMath.dot(t.line, 0, t.q, l * stride, stride);
      for (int j = l + 1; j < t.length(); j++) {
        t.scores[j * BLOCK + l] = BlockTiles.decayAndRead(t.line, t.decay, t.q, j * stride, stride);
      }
    }
  }

  /** Adds to t.dq, t.dk and t.dDecay; t.slopes is dP. */
  static void gradient(BlockTiles t) {
    for (int l = 0; l < t.length(); l++) {
      for (int c = 0; c < t.keyStride; c += LANES) {
        back(t, l, c);
        t.addSuffixes(l, c);
      }
    }
  }

  /** For some channels of token l. Leaves in t.lanes the terms of dlog a, a vector for each j. */
  private static void back(BlockTiles t, int l, int c) {
    int stride = t.keyStride;
    int at = l * stride + c;
    FloatVector left = FloatVector.broadcast(SPECIES, 1);
    FloatVector key = FloatVector.fromArray(SPECIES, t.k, at);
    FloatVector dk = FloatVector.fromArray(SPECIES, t.dk, at);
    for (int j = l; j < t.length(); j++, at += stride) {
      if (j > l) {
        left = left.mul(FloatVector.fromArray(SPECIES, t.decay, at));
      }
      FloatVector slope = left.mul(t.slopes[j * BLOCK + l]);
      FloatVector query = FloatVector.fromArray(SPECIES, t.q, at);
      dk = slope.fma(query, dk);
      FloatVector dq = slope.mul(key);
      dq.add(FloatVector.fromArray(SPECIES, t.dq, at)).intoArray(t.dq, at);
      dq.mul(query).intoArray(t.lanes, j * LANES);
    }
    dk.intoArray(t.dk, l * stride + c);
  }
}
