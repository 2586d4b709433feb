package dev.swax.tests.rank;

import dev.swax.runtime.rank.LostRanksException;
import dev.swax.runtime.rank.Ranks;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** Ranks that are threads of one process, and copy from each other. */
record ThreadRanks(int rank, AtomicReferenceArray<List<MemorySegment>> sent, CyclicBarrier all)
    implements Ranks {

  /** So many of them. */
  static List<ThreadRanks> of(int size) {
    var sent = new AtomicReferenceArray<List<MemorySegment>>(size);
    var all = new CyclicBarrier(size);
    return IntStream.range(0, size).mapToObj(rank -> new ThreadRanks(rank, sent, all)).toList();
  }

  @Override
  public int size() {
    return sent.length();
  }

  @Override
  @SuppressWarnings("restricted") // tests are started with --enable-native-access
  public void allToAll(List<MemorySegment> out, List<MemorySegment> in) {
    sent.set(rank, out);
    await();
    for (int i = 0; i < size(); i++) {
      MemorySegment from = sent.get(i).get(rank);
      // memory that only its own thread may read otherwise
      in.get(i).copyFrom(MemorySegment.ofAddress(from.address()).reinterpret(from.byteSize()));
    }
    await();
  }

  private void await() {
    try {
      all.await();
    } catch (BrokenBarrierException e) {
      throw new LostRanksException("another has ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All that wait, now or later, are told that they wait in vain. */
  @Override
  public void abort(int code) {
    Thread.currentThread().interrupt();
    try {
      all.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      return; // which has broken the barrier for good
    }
  }

  @Override
  public String describe() {
    return "threads";
  }

  @Override
  public void close() {}
}
