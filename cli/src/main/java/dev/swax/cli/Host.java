package dev.swax.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a verb may use of the process around it.
 *
 * @param folder that relative paths of the command line start at
 * @param stop begins to listen for signals; what it returns is true once one has arrived
 * @param processes that were started to compute together
 */
public record Host(
    Console console,
    Path folder,
    Map<String, String> environment,
    Supplier<BooleanSupplier> stop,
    Processes processes) {

  /** Of a process that computes alone. */
  public Host(
      Console console,
      Path folder,
      Map<String, String> environment,
      Supplier<BooleanSupplier> stop) {
    this(console, folder, environment, stop, Processes.single());
  }
}
