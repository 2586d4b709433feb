package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every verb that runs a program. */
public final class MachineOptions {
  /** The options that have no meaning on the processor. */
  public static final List<String> OF_DEVICE =
      List.of("--device", "--no-device-check", "--matmul", "--cuda-graphs");

  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "how many threads compute; results do not depend on it (default: all cores)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Device device = Device.CPU;

  @Option(
      names = "--no-device-check",
      description = "do not compare a device's gradients with the processor's before training")
  private boolean unchecked;

  @Option(
      names = "--matmul",
      paramLabel = "HOW",
      converter = ProductsConverter.class,
      description =
          "what multiplies matrices on a device: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Products products = Products.OWN;

  @Option(
      names = "--cuda-graphs",
      description = "have CUDA replay each task graph instead of launching its kernels one by one")
  private boolean cudaGraphs;

  /** Refuses what cannot run here. */
  public void check(Host host) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new UserError(
          "`--threads` is %d, but 1 to %d can be used".formatted(threads, MOST_THREADS),
          "`--threads %d`".formatted(Runtime.getRuntime().availableProcessors()));
    }
    device.require(host.environment());
    device.require(products);
    if (cudaGraphs) {
      device.requireCapture(products);
    }
  }

  /** As {@link #check}, for what no device but the processor does. */
  public void checkProcessor(Host host) {
    if (device != Device.CPU) {
      throw new UserError(
          "`--device %s` is only for training; this runs on the CPU".formatted(device),
          "`--device cpu`");
    }
    if (products != Products.OWN || cudaGraphs || unchecked) {
      throw new UserError(
          "`--matmul`, `--cuda-graphs` and `--no-device-check` are only for training on a device; this runs on the CPU",
          "leave them out");
    }
    check(host);
  }

  /** The kernels to compute with. */
  public Kernels kernels() {
    return Kernels.open(threads);
  }

  public int threads() {
    return threads;
  }

  /** Where a program trains. */
  public Device device() {
    return device;
  }

  /** What multiplies matrices there. */
  public Products products() {
    return products;
  }

  /** Whether a device records graphs of kernels and replays them. */
  public boolean cudaGraphs() {
    return cudaGraphs;
  }

  /** How a device trains. */
  DeviceOptions deviceOptions() {
    return new DeviceOptions(products, cudaGraphs, !unchecked);
  }

  /** Where a program trains, in words, for the record of a run. */
  String describeDevice() {
    return switch (device) {
      case CPU -> device.describe();
      case TORNADO -> device.describe() + ", " + deviceOptions().describe();
    };
  }
}
