package dev.swax.cli.command;

import dev.swax.cli.Console;
import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.watch.WatchServer;
import dev.swax.runtime.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows runs and grids on a page while they go on. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows the runs and grids of folders on a page of this machine, while they go on.",
      "It writes nothing, and only browsers of this machine can read it. Ctrl-C ends it."
    })
public final class WatchCommand implements Callable<Integer> {
  private static final int MOST = 65_535;
  private static final long PAUSE = 100;

  private final Host host;

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..*",
      description = "folders with runs and grids in them or below (default: the current one)")
  private List<Path> folders = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port of the page; 0: one that is free (default: ${DEFAULT-VALUE})")
  private int port = 8787;

  public WatchCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > MOST) {
      throw new UserError(
          "`--port` is %d, but ports go from 0 to %d".formatted(port, MOST), "`--port 0`");
    }
    Path base = host.folder().toAbsolutePath().normalize();
    List<Path> roots =
        folders.isEmpty()
            ? List.of(base)
            : folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
    roots.forEach(WatchCommand::requireFolder);
    BooleanSupplier stop = host.stop().get();
    try (WatchServer server = WatchServer.start(roots, base, port)) {
      tell(server);
      while (!stop.getAsBoolean()) {
        Thread.sleep(PAUSE);
      }
    }
    return ExitCode.DONE;
  }

  private void tell(WatchServer server) {
    Console console = host.console();
    console.result(server.address());
    console.out().flush();
    if (server.size() == 0) {
      console.message("there are no runs and grids here yet; the page shows them once there are");
    }
    console.message("Ctrl-C ends it");
  }

  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError("there is no folder `%s`".formatted(folder), null);
    }
  }
}
