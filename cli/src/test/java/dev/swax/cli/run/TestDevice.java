package dev.swax.cli.run;

import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameters;
import java.util.function.UnaryOperator;

/**
 * The simulated device with other facts about it.
 *
 * @param fault makes of a program that is right one that is not
 */
record TestDevice(long memory, long largestArray, UnaryOperator<DeviceProgram> fault)
    implements Accelerator {
  private static final long MUCH = 1L << 40;

  /** A device with room for everything. */
  static TestDevice with(UnaryOperator<DeviceProgram> fault) {
    return new TestDevice(MUCH, MUCH, fault);
  }

  @Override
  public String name() {
    return "test device";
  }

  @Override
  public DeviceProgram create(
      CompiledDeviceModel code, Parameters parameters, int batch, int time) {
    return fault.apply(code.create(parameters, batch, time));
  }
}
