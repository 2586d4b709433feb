package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.rank.Ranks;
import java.nio.file.Path;
import java.util.List;

/** Every process has to go on from the same checkpoint, which each of them looks for by itself. */
final class SameCheckpoint {
  /** Instead of a step, where there is no checkpoint. */
  static final long NONE = -1;

  private SameCheckpoint() {}

  /** Refuses to go on where a process has found another than the first one. */
  static void require(Ranks ranks, long step, Path run) {
    List<long[]> all = ranks.allGather(new long[] {step});
    long first = all.getFirst()[0];
    for (int rank = 1; rank < all.size(); rank++) {
      long other = all.get(rank)[0];
      if (other != first) {
        throw new UserError(
            "processes read different checkpoints in %s: process 0 reads %s, process %d reads %s"
                .formatted(run, name(first), rank, name(other)),
            "all processes must see one folder");
      }
    }
  }

  private static String name(long step) {
    return step == NONE ? "none" : "that of step " + step;
  }
}
