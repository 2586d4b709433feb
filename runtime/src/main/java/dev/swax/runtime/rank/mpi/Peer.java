package dev.swax.runtime.rank.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Another process, and the signs of life that go to it and come from it. */
final class Peer {
  /** Those of {@link Pulse}; what is exchanged has 0. */
  private static final int TAG = 1;

  private final MpiLibrary library;
  private final int rank;
  private final MemorySegment in;
  private final MemorySegment out;
  private final MemorySegment receiving;
  private final MemorySegment sending;
  private final MemorySegment flag;
  private boolean isSending;
  private boolean left;
  private boolean broken;
  private long heard;

  /** Memory of the arena is used until both sides have said that they leave. */
  Peer(MpiLibrary library, int rank, Arena arena, long now) {
    this.library = library;
    this.rank = rank;
    this.heard = now;
    this.in = arena.allocate(1);
    this.out = arena.allocate(1);
    this.receiving = arena.allocate(library.requestBytes(), Long.BYTES);
    this.sending = arena.allocate(library.requestBytes(), Long.BYTES);
    this.flag = arena.allocate(ValueLayout.JAVA_INT);
    receive();
  }

  private void receive() {
    library.receive(in, 1, rank, TAG, receiving);
  }

  int rank() {
    return rank;
  }

  /** Takes what has come. */
  void listen(long now) {
    try {
      while (!left && !broken && library.areDone(1, receiving, flag)) {
        heard = now;
        left = in.get(ValueLayout.JAVA_BYTE, 0) != 0;
        if (!left) {
          receive();
        }
      }
    } catch (MpiException e) {
      broken = true; // it counts as silent from now on
    }
  }

  /** Says that this process is there, or that it leaves. False where earlier words still wait. */
  boolean say(boolean leaving) {
    if (!isSaid()) {
      return false;
    }
    try {
      out.set(ValueLayout.JAVA_BYTE, 0, (byte) (leaving ? 1 : 0));
      library.send(out, 1, rank, TAG, sending);
      isSending = true;
    } catch (MpiException e) {
      broken = true;
    }
    return true;
  }

  /** Whether all that was said is on its way. */
  boolean isSaid() {
    try {
      isSending = isSending && !broken && !library.areDone(1, sending, flag);
    } catch (MpiException e) {
      broken = true;
      isSending = false;
    }
    return !isSending;
  }

  boolean hasLeft() {
    return left;
  }

  /** Whether nothing was heard of it for so many nanoseconds, though it has not left. */
  boolean isSilent(long now, long nanos) {
    return !left && (broken || now - heard > nanos);
  }

  /** Counts from now. */
  void forgive(long now) {
    heard = now;
  }
}
