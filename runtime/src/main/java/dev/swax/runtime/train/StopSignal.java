package dev.swax.runtime.train;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Turns SIGTERM, SIGINT, SIGHUP and SIGUSR1 into a wish to stop: the process goes on until {@link
 * #exit} is called and then ends with the code given there, not with the signal's. Schedulers of
 * clusters send SIGUSR1 some time before the others.
 *
 * <p>The virtual machine answers the first three by running its shutdown hooks while all other
 * threads go on; ours waits for the work to finish and then halts. The last would end it at once,
 * so it gets a handler.
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
    signal.handle("USR1");
    return signal;
  }

  /** By reflection, since the compiler warns of every use of the class. */
  @SuppressWarnings("ReferenceEquality") // what a proxy is asked when it is compared
  private void handle(String name) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler handler =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  requested = true;
                  yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "stop";
              };
      type.getMethod("handle", type, handlerType)
          .invoke(
              null,
              type.getConstructor(String.class).newInstance(name),
              Proxy.newProxyInstance(
                  StopSignal.class.getClassLoader(), new Class<?>[] {handlerType}, handler));
    } catch (ReflectiveOperationException e) {
      return; // a system without that signal, or a Java without that class
    }
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
