package dev.swax.cli.run;

import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.tile.VectorWidth;
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

  /** Refuses a choice of products for the processor, which has only its own. */
  public static void requireOwn(Products products) {
    if (products != Products.OWN) {
      throw new UserError(
          "`--matmul %s` is for NVIDIA's GPUs, but this runs on the CPU".formatted(products),
          "`--device tornado --matmul %s`, or no `--matmul`".formatted(products));
    }
  }

  /** Refuses products of a library that the device does not have. */
  public void require(Products products) {
    if (this == CPU) {
      requireOwn(products);
    } else if (products != Products.OWN && !TornadoDevices.hasCublas()) {
      throw new UserError(
          "`--matmul %s` needs cuBLAS, which only TornadoVM's CUDA backend has; `%s` belongs to another backend"
              .formatted(products, TornadoDevices.describeDefault()),
          "an SDK of TornadoVM with the CUDA backend, or `--matmul own`");
    }
  }

  /** Refuses to capture graphs where that is not offered, or where they would go wrong. */
  public void requireCapture(Products products) {
    if (this == CPU || !TornadoDevices.hasCublas()) {
      throw new UserError(
          "`--cuda-graphs` needs TornadoVM's CUDA backend; this runs on %s".formatted(describe()),
          "leave it out");
    }
    if (products != Products.OWN) {
      throw new UserError(
          "`--cuda-graphs` records the addresses of matrices, but with `--matmul %s` they change from layer to layer"
              .formatted(products),
          "`--cuda-graphs --matmul own`, or `--matmul %s` alone".formatted(products));
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
