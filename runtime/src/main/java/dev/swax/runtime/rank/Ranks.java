package dev.swax.runtime.rank;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes that compute together, of which this is one. All of them call the same methods in
 * the same order. Bytes are moved as they are, so that results do not depend on how many processes
 * there are.
 */
public interface Ranks extends AutoCloseable {

  /** The number of this process, from 0. */
  int rank();

  /** How many processes there are. */
  int size();

  /**
   * Sends {@code out.get(i)} to process i, and fills {@code in.get(i)} with what process i sends
   * here. What one sends is as long as what the other expects; it may be empty. Memory is outside
   * the heap, and the two do not overlap.
   */
  void allToAll(List<MemorySegment> out, List<MemorySegment> in);

  /** Ends every process with that exit code, now. Does not return. */
  void abort(int code);

  /** The library and its version, for people. */
  String describe();

  @Override
  void close();

  /** Whether this process speaks for all, and writes files. */
  default boolean leads() {
    return rank() == 0;
  }

  /** Fills all of a segment, of which process i has the bytes {@code bounds[i] .. bounds[i+1]}. */
  default void allGather(MemorySegment all, long[] bounds) {
    List<MemorySegment> out = new ArrayList<>();
    List<MemorySegment> in = new ArrayList<>();
    MemorySegment nothing = all.asSlice(0, 0);
    MemorySegment own = all.asSlice(bounds[rank()], bounds[rank() + 1] - bounds[rank()]);
    for (int i = 0; i < size(); i++) {
      boolean self = i == rank();
      out.add(self ? nothing : own);
      in.add(self ? nothing : all.asSlice(bounds[i], bounds[i + 1] - bounds[i]));
    }
    allToAll(out, in);
  }

  /** What every process gives, by its rank. */
  default List<byte[]> allGather(byte[] own) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lengths = arena.allocate(ValueLayout.JAVA_LONG, size());
      lengths.setAtIndex(ValueLayout.JAVA_LONG, rank(), own.length);
      long[] bounds = new long[size() + 1];
      for (int i = 0; i <= size(); i++) {
        bounds[i] = (long) i * Long.BYTES;
      }
      allGather(lengths, bounds);
      for (int i = 0; i < size(); i++) {
        bounds[i + 1] = bounds[i] + lengths.getAtIndex(ValueLayout.JAVA_LONG, i);
      }
      MemorySegment all = arena.allocate(Math.max(1, bounds[size()]));
      MemorySegment.copy(own, 0, all, ValueLayout.JAVA_BYTE, bounds[rank()], own.length);
      allGather(all, bounds);
      List<byte[]> found = new ArrayList<>();
      for (int i = 0; i < size(); i++) {
        found.add(all.asSlice(bounds[i], bounds[i + 1] - bounds[i]).toArray(ValueLayout.JAVA_BYTE));
      }
      return found;
    }
  }

  /** Whether it is so in any process. */
  default boolean any(boolean here) {
    return size() == 1
        ? here
        : allGather(new byte[] {(byte) (here ? 1 : 0)}).stream().anyMatch(one -> one[0] != 0);
  }

  /** The number that the process that leads gives. */
  default long fromLeader(long number) {
    return allGather(new long[] {number}).getFirst()[0];
  }

  /** The numbers that every process gives, by its rank. */
  default List<long[]> allGather(long[] own) {
    ByteBuffer bytes = ByteBuffer.allocate(own.length * Long.BYTES);
    bytes.asLongBuffer().put(own);
    return allGather(bytes.array()).stream()
        .map(found -> {
          long[] numbers = new long[found.length / Long.BYTES];
          ByteBuffer.wrap(found).asLongBuffer().get(numbers);
          return numbers;
        })
        .toList();
  }

  /** Waits until every process is here. */
  default void barrier() {
    allGather(new byte[0]);
  }
}
