package dev.swax.benchmarks.training;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongSupplier;
import jdk.incubator.vector.FloatVector;

/** How fast memory can be read: every number of some tensors, from the first to the last. */
final class ReadSpeed implements Task, AutoCloseable {
  /** Bytes of a part. */
  private static final long BLOCK = 1 << 19;

  private static final long VECTOR = VectorMath.SPECIES.vectorByteSize();

  private final Team team;
  private final LongSupplier clock;
  private final float[] sums;
  private MemorySegment segment = MemorySegment.NULL;

  /** On so many threads, by a clock in nanoseconds. */
  ReadSpeed(int threads, LongSupplier clock) {
    team = new Team(threads);
    sums = new float[threads];
    this.clock = clock;
  }

  /** GB/s of reading all of them once. */
  double of(List<Tensor> tensors) {
    long bytes = 0;
    long start = clock.getAsLong();
    for (Tensor tensor : tensors) {
      segment = tensor.segment();
      bytes += segment.byteSize();
      team.run(this, Math.toIntExact((segment.byteSize() + BLOCK - 1) / BLOCK));
    }
    return (double) bytes / (clock.getAsLong() - start);
  }

  @Override
  public void run(int part) {
    long from = part * BLOCK;
    long length = Math.min(BLOCK, segment.byteSize() - from);
    sums[team.worker()] += sum(segment, from, length / (8 * VECTOR) * VECTOR);
  }

  /** In eight runs side by side: one by itself keeps too few reads under way. */
  private static float sum(MemorySegment x, long from, long run) {
    FloatVector s0 = FloatVector.zero(VectorMath.SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (long at = from; at < from + run; at += VECTOR) {
      s0 = s0.add(load(x, at));
      s1 = s1.add(load(x, at + run));
      s2 = s2.add(load(x, at + 2 * run));
      s3 = s3.add(load(x, at + 3 * run));
      s4 = s4.add(load(x, at + 4 * run));
      s5 = s5.add(load(x, at + 5 * run));
      s6 = s6.add(load(x, at + 6 * run));
      s7 = s7.add(load(x, at + 7 * run));
    }
    FloatVector sum = s0.add(s1).add(s2.add(s3));
    return VectorMath.sum(sum.add(s4.add(s5)).add(s6.add(s7)));
  }

  private static FloatVector load(MemorySegment x, long at) {
    return FloatVector.fromMemorySegment(VectorMath.SPECIES, x, at, VectorMath.ORDER);
  }

  /** What has been read, so that nobody leaves the reading out. */
  float sum() {
    float all = 0;
    for (float sum : sums) {
      all += sum;
    }
    return all;
  }

  @Override
  public void close() {
    team.close();
  }
}
