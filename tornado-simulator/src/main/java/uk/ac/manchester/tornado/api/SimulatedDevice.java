package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;

/** The one device of the one backend: this Java machine. */
public final class SimulatedDevice
    implements TornadoRuntime, TornadoBackend, TornadoXPUDevice, TornadoTargetDevice {
  public static final SimulatedDevice INSTANCE = new SimulatedDevice();

  private SimulatedDevice() {}

  @Override
  public TornadoBackend getBackend(int index) {
    return this;
  }

  @Override
  public int getNumBackends() {
    return 1;
  }

  @Override
  public TornadoDevice getDefaultDevice() {
    return this;
  }

  @Override
  public int getNumDevices() {
    return 1;
  }

  @Override
  public TornadoDevice getDevice(int index) {
    return this;
  }

  @Override
  public String getName() {
    return "simulator";
  }

  @Override
  public TornadoTargetDevice getPhysicalDevice() {
    return this;
  }

  @Override
  public TornadoVMBackendType getTornadoVMBackend() {
    return TornadoVMBackendType.VIRTUAL;
  }

  @Override
  public String getDeviceName() {
    return "simulated device";
  }

  @Override
  public long getDeviceGlobalMemorySize() {
    return Runtime.getRuntime().maxMemory();
  }

  @Override
  public long getDeviceMaxAllocationSize() {
    return Runtime.getRuntime().maxMemory();
  }
}
