package dev.swax.cli.run;

import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameters;
import dev.swax.tornado.TornadoDevices;

/** A device that trains beside the processor, as far as the start of a training asks. */
interface Accelerator {
  String name();

  /** Bytes of its memory. */
  long memory();

  /** Bytes of the largest array that it allows. */
  long largestArray();

  /** A program on it that trains {@code batch} sequences of {@code time} tokens at a time. */
  DeviceProgram create(CompiledDeviceModel code, Parameters parameters, int batch, int time);

  /** What TornadoVM runs programs on. */
  static Accelerator found() {
    return new Tornado(
        TornadoDevices.describeDefault(), TornadoDevices.memory(), TornadoDevices.largestArray());
  }

  /** A device of TornadoVM. */
  record Tornado(String name, long memory, long largestArray) implements Accelerator {
    @Override
    public DeviceProgram create(
        CompiledDeviceModel code, Parameters parameters, int batch, int time) {
      return code.create(parameters, batch, time);
    }
  }
}
