package dev.swax.runtime.train;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into a wish to stop: the process goes on until {@link #exit} is
 * called and then ends with the code given there, not with the signal's.
 *
 * <p>The virtual machine answers such a signal by running its shutdown hooks while all other
 * threads go on; ours waits for the work to finish and then halts.
 */
public final class StopSignal implements BooleanSupplier {
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile int code;

  private StopSignal() {}

  /** Begins to listen. Once a process; {@link #exit} must be its only way to end. */
  public static StopSignal install() {
    var signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::waitForWork, "stop-signal"));
    return signal;
  }

  /** Whether a signal has arrived. */
  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  /** Ends the process with the code, whether a signal has arrived or not. */
  public void exit(int exitCode) {
    code = exitCode;
    finished.countDown();
    System.exit(exitCode);
  }

  private void waitForWork() {
    requested = true;
    boolean interrupted = false;
    while (true) {
      try {
        finished.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // nobody has a reason to; the work still has to finish
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }
}
