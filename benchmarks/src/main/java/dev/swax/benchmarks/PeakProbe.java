package dev.swax.benchmarks;

import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.VectorMath;
import jdk.incubator.vector.FloatVector;

/** How many fp32 operations a nanosecond this machine can do: independent chains of fma. */
final class PeakProbe {
  private static final int CHAINS = 12;
  private static final int STEPS = 20_000;
  private static final int ROUNDS = 400;

  private float kept;

  private PeakProbe() {}

  /** GFLOP/s on so many threads, the best of many short windows. */
  static double measure(int threads) {
    PeakProbe[] probes = new PeakProbe[threads];
    for (int i = 0; i < threads; i++) {
      probes[i] = new PeakProbe();
    }
    double work = 2.0 * CHAINS * VectorMath.SPECIES.length() * STEPS * threads;
    double best = 0;
    try (var team = new Team(threads)) {
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        team.run(part -> probes[part].chains(), threads);
        best = Math.max(best, work / (System.nanoTime() - start));
      }
    }
    return best;
  }

  private void chains() {
    FloatVector x = FloatVector.broadcast(VectorMath.SPECIES, 0.999f);
    FloatVector y = FloatVector.broadcast(VectorMath.SPECIES, 0.001f);
    FloatVector c0 = y;
    FloatVector c1 = y;
    FloatVector c2 = y;
    FloatVector c3 = y;
    FloatVector c4 = y;
    FloatVector c5 = y;
    FloatVector c6 = y;
    FloatVector c7 = y;
    FloatVector c8 = y;
    FloatVector c9 = y;
    FloatVector c10 = y;
    FloatVector c11 = y;
    for (int i = 0; i < STEPS; i++) {
      c0 = c0.fma(x, y);
      c1 = c1.fma(x, y);
      c2 = c2.fma(x, y);
      c3 = c3.fma(x, y);
      c4 = c4.fma(x, y);
      c5 = c5.fma(x, y);
      c6 = c6.fma(x, y);
      c7 = c7.fma(x, y);
      c8 = c8.fma(x, y);
      c9 = c9.fma(x, y);
      c10 = c10.fma(x, y);
      c11 = c11.fma(x, y);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    kept += sum.add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).lane(0);
  }

  float kept() {
    return kept;
  }
}
