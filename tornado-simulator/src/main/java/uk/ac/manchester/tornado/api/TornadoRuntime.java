package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Everything that kernels can run on. */
public interface TornadoRuntime {
  TornadoBackend getBackend(int index);

  int getNumBackends();

  TornadoDevice getDefaultDevice();
}
