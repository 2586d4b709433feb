package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;

/** A device as programs choose it. */
public interface TornadoDevice {
  TornadoTargetDevice getPhysicalDevice();
}
