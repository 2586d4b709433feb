package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a file to start from. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Writes NAME.swax, a small hybrid to start from.")
public final class NewCommand implements Callable<Integer> {
  private static final String STARTER = "/dev/swax/cli/starter.swax";

  private final Host host;

  @Parameters(paramLabel = "NAME", description = "name of the file, with or without `.swax`")
  private String name = "";

  public NewCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Path file = host.folder().resolve(name.endsWith(".swax") ? name : name + ".swax");
    try {
      Files.writeString(file, starter(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new UserError("`%s` exists already".formatted(file), "another name");
    } catch (IOException e) {
      throw new UserError("cannot write `%s`: %s".formatted(file, Reasons.of(e)), null);
    }
    host.console().out().println(file);
    host.console()
        .message(
            "put text files into the folder `text` beside it, then `swax train %s`"
                .formatted(file));
    return ExitCode.DONE;
  }

  private static String starter() throws IOException {
    try (InputStream in = NewCommand.class.getResourceAsStream(STARTER)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + STARTER);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
