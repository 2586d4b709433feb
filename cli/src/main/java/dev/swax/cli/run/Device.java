package dev.swax.cli.run;

import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorWidth;
import dev.swax.tornado.TornadoDevices;
import dev.swax.tornado.TornadoInstallation;
import java.util.Locale;
import java.util.Map;

/** Where a program runs. */
public enum Device {
  CPU,
  TORNADO;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Says what is missing where this device cannot run; there is no other device instead. */
  public void require(Map<String, String> environment) {
    if (this == CPU) {
      return;
    }
    switch (TornadoInstallation.find(environment)) {
      case TornadoInstallation.Missing(String message, String help) ->
          throw new UserError("`--device tornado` needs TornadoVM: " + message, help);
      case TornadoInstallation.Found(var home, _) -> {
        if (!TornadoInstallation.isLoaded()) {
          throw new UserError(
              "TornadoVM is at %s, but this process was started without its flags".formatted(home),
              "start it with the script `swax`");
        }
      }
    }
  }

  /** The device in words, for the record of a run. */
  String describe() {
    return switch (this) {
      case CPU -> describeCpu();
      case TORNADO -> "tornado, " + TornadoDevices.describeDefault();
    };
  }

  /** The processor in words, for the record of a run. */
  public static String describeCpu() {
    return "cpu, %s, %s".formatted(System.getProperty("os.arch"), describeVectors());
  }

  /** How wide the kernels compute. */
  public static String describeVectors() {
    return Kernels.vectorsAvailable()
        ? "vectors of %d floats".formatted(VectorWidth.floats())
        : "no vectors (`--add-modules jdk.incubator.vector` is missing)";
  }
}
