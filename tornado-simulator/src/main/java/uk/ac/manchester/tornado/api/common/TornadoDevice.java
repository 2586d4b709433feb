package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device as programs choose it. */
public interface TornadoDevice {
  TornadoTargetDevice getPhysicalDevice();

  TornadoVMBackendType getTornadoVMBackend();
}
