package dev.swax.runtime.program;

/** A program whose numbers live on another device than the processor. */
public interface DeviceProgram extends Program {
  /**
   * Compiles every kernel and takes the parameters to the device. Happens by itself with the first
   * call; on its own it can be told about.
   */
  void start(Progress progress);

  /** Told while kernels are compiled, which takes a while on some devices. */
  @FunctionalInterface
  interface Progress {
    /** {@code done} of {@code all} parts have been compiled, the last being {@code name}. */
    void compiled(int done, int all, String name);
  }
}
