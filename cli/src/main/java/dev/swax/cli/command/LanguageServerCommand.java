package dev.swax.cli.command;

import dev.swax.cli.FaultLog;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.lsp.Connection;
import dev.swax.lsp.SwaxServer;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.LoadListener;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves an editor. */
@Command(
    name = "lsp",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Serves an editor in the language server protocol, over standard input and output.",
      "Editors start it themselves: docs/editors.md says how."
    })
public final class LanguageServerCommand implements Callable<Integer> {
  private final Host host;

  public LanguageServerCommand(Host host) {
    this.host = host;
  }

  /** Some editors add this; there is no other way. */
  @Option(names = "--stdio", hidden = true, description = "serves over standard input and output")
  void serveStandardStreams(boolean chosen) {}

  @Override
  public Integer call() throws InterruptedException {
    System.setOut(System.err); // nothing but the protocol on the real one
    var caching = Caching.of(host.environment(), host.folder(), LoadListener.NONE);
    var server =
        new SwaxServer(
            Version.TEXT,
            caching.root().toAbsolutePath(),
            new EditorData(caching),
            LanguageServerCommand::fault);
    return Connection.serve(
        server,
        new FileInputStream(FileDescriptor.in),
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
        LanguageServerCommand::fault);
  }

  private static String fault(Throwable thrown) {
    return FaultLog.line(thrown, List.of("lsp"));
  }
}
