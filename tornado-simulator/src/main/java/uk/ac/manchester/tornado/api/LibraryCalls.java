package uk.ac.manchester.tornado.api;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/** The library tasks of a plan: a context for each library, and calls with device addresses. */
final class LibraryCalls {
  private static final ServiceLoader<TornadoLibraryProvider> PROVIDERS =
      ServiceLoader.load(TornadoLibraryProvider.class);

  private final Map<TornadoLibraryProvider, LibraryContext> contexts = new LinkedHashMap<>();

  /** Runs a call on the device's arrays. What it may only read must be as before. */
  void run(LibraryTaskDescriptor descriptor, DeviceCopies copies) {
    TornadoLibraryProvider provider = provider(descriptor.getLibraryName());
    LibraryContext context =
        contexts.computeIfAbsent(
            provider,
            p -> p.createContext(SimulatedDevice.INSTANCE, System.identityHashCode(this)));
    provider.prepare(descriptor, context);
    Object[] arguments = descriptor.getParameters();
    var pointers = new long[arguments.length];
    var references = new boolean[arguments.length];
    var before = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof TornadoNativeArray) {
        TornadoNativeArray array = copies.array(arguments[i]);
        references[i] = true;
        pointers[i] = SimulatedMemory.place(array);
        before[i] = descriptor.getAccess()[i] == Access.READ_ONLY ? bytes(array) : array;
      }
    }
    try {
      provider.dispatch(
          descriptor.getFunctionName(),
          new LibraryInvocation(
              arguments,
              pointers,
              references,
              SimulatedDevice.INSTANCE,
              System.identityHashCode(this),
              context,
              descriptor.getTuning()));
    } finally {
      SimulatedMemory.forget();
    }
    for (int i = 0; i < arguments.length; i++) {
      if (before[i] instanceof byte[] bytes
          && !Arrays.equals(bytes, bytes(copies.array(arguments[i])))) {
        throw new TornadoRuntimeException(
            "%s writes argument %d, which it only reads"
                .formatted(descriptor.getFunctionName(), i));
      }
    }
  }

  private static TornadoLibraryProvider provider(String library) {
    for (TornadoLibraryProvider provider : PROVIDERS) {
      if (provider.libraryName().equals(library) && provider.canHandle(SimulatedDevice.INSTANCE)) {
        return provider;
      }
    }
    throw new TornadoRuntimeException("there is no provider of library " + library);
  }

  private static byte[] bytes(TornadoNativeArray array) {
    return array.getSegment().toArray(ValueLayout.JAVA_BYTE);
  }

  void close() {
    contexts.forEach(TornadoLibraryProvider::destroyContext);
    contexts.clear();
  }
}
