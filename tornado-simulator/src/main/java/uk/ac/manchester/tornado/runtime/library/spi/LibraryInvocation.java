package uk.ac.manchester.tornado.runtime.library.spi;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;

/** One call of a library: host objects as they were given, and where they lie on the device. */
public final class LibraryInvocation {
  private final Object[] javaArgs;
  private final long[] devicePointers;
  private final boolean[] isReference;
  private final TornadoXPUDevice device;
  private final long executionPlanId;
  private final LibraryContext context;
  private final @Nullable Object tuning;

  public LibraryInvocation(
      Object[] javaArgs,
      long[] devicePointers,
      boolean[] isReference,
      TornadoXPUDevice device,
      long executionPlanId,
      LibraryContext context,
      @Nullable Object tuning) {
    this.javaArgs = javaArgs.clone();
    this.devicePointers = devicePointers.clone();
    this.isReference = isReference.clone();
    this.device = device;
    this.executionPlanId = executionPlanId;
    this.context = context;
    this.tuning = tuning;
  }

  public int getNumArgs() {
    return javaArgs.length;
  }

  /** A number, or the host's array. */
  public Object getArg(int index) {
    return javaArgs[index];
  }

  /** Address of the first element of an array on the device. */
  public long getDevicePointer(int index) {
    return devicePointers[index];
  }

  public boolean isReference(int index) {
    return isReference[index];
  }

  public TornadoXPUDevice getDevice() {
    return device;
  }

  public long getExecutionPlanId() {
    return executionPlanId;
  }

  public LibraryContext getContext() {
    return context;
  }

  public @Nullable Object getTuning() {
    return tuning;
  }
}
