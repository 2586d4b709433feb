package uk.ac.manchester.tornado.api;

/** What a device is. */
public interface TornadoTargetDevice {
  String getDeviceName();

  /** Bytes. */
  long getDeviceGlobalMemorySize();

  /** Bytes of the largest array. */
  long getDeviceMaxAllocationSize();
}
