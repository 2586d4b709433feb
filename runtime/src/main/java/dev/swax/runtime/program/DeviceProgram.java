package dev.swax.runtime.program;

import java.util.Comparator;
import java.util.List;

/** A program whose numbers live on another device than the processor. */
public interface DeviceProgram extends Program {
  /**
   * Compiles every kernel and takes the parameters to the device. Happens by itself with the first
   * call; on its own it can be told about.
   *
   * @param captured whether the device records each graph of kernels when it first runs, and from
   *     then on replays it as one; for devices that offer it
   */
  void start(boolean captured, Progress progress);

  /** Told while kernels are compiled, which takes a while on some devices. */
  @FunctionalInterface
  interface Progress {
    /** {@code done} of {@code all} parts have been compiled, the last being {@code name}. */
    void compiled(int done, int all, String name);
  }

  /** Everything that a program allocates on the device, known before it does. */
  interface Arrays {
    /** All of them, at least one. */
    List<Array> all();

    /** Bytes of all. */
    default long bytes() {
      return all().stream().mapToLong(Array::bytes).sum();
    }

    /** The array with the most bytes. */
    default Array largest() {
      return all().stream().max(Comparator.comparingLong(Array::bytes)).orElseThrow();
    }
  }

  /** An array on the device, with a name for people. */
  record Array(String name, long bytes) {}
}
