package uk.ac.manchester.tornado.api.runtime;

import uk.ac.manchester.tornado.api.SimulatedDevice;
import uk.ac.manchester.tornado.api.TornadoRuntime;

/** Where programs begin to look for devices. */
public class TornadoRuntimeProvider {
  public static TornadoRuntime getTornadoRuntime() {
    return SimulatedDevice.INSTANCE;
  }
}
