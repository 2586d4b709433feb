package uk.ac.manchester.tornado.runtime.library.spi;

import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;

/** Runs the tasks of one library; found by the service loader. */
public interface TornadoLibraryProvider {
  /** What descriptors call the library. */
  String libraryName();

  boolean canHandle(TornadoXPUDevice device);

  LibraryContext createContext(TornadoXPUDevice device, long executionPlanId);

  default void prepare(LibraryTaskDescriptor descriptor, LibraryContext context) {}

  void dispatch(String functionName, LibraryInvocation invocation);

  void destroyContext(LibraryContext context);
}
