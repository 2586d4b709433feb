package dev.swax.tornado;

import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/** A library whose native part is not installed. */
public final class AbsentLibrary implements TornadoLibraryProvider {
  static final String MESSAGE = "no tornado-absent in java.library.path";

  static LibraryTaskDescriptor task(FloatArray array) {
    return new LibraryTaskDescriptor()
        .withLibrary("test/absent")
        .withFunction("any")
        .withParameters(new Object[] {array})
        .withAccess(new Access[] {Access.READ_WRITE});
  }

  @Override
  public String libraryName() {
    return "test/absent";
  }

  @Override
  public boolean canHandle(TornadoXPUDevice device) {
    return true;
  }

  @Override
  public LibraryContext createContext(TornadoXPUDevice device, long executionPlanId) {
    throw new UnsatisfiedLinkError(MESSAGE);
  }

  @Override
  public void dispatch(String functionName, LibraryInvocation invocation) {
    throw new IllegalStateException("there is no context");
  }

  @Override
  public void destroyContext(LibraryContext context) {}
}
