package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.RunFiles;
import dev.swax.runtime.train.RunHolder;
import dev.swax.runtime.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a training that goes on somewhere. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Lets the process that trains a run save a checkpoint and end, with exit code 75.",
      "It may run on another machine that sees the same folder. `swax resume RUN` continues."
    })
public final class StopCommand implements Callable<Integer> {
  private static final long PAUSE = 100;

  private final Host host;

  @Parameters(paramLabel = "RUN", description = "the run directory")
  private Path run = Path.of("");

  @Option(names = "--no-wait", description = "only ask; do not wait until it has ended")
  private boolean noWait;

  public StopCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!Files.isDirectory(run)) {
      throw new UserError("there is no run `%s`".formatted(run), "`swax train FILE` starts one");
    }
    requireNoCell();
    RunHolder.Life life = life();
    if (life == RunHolder.Life.ENDED) {
      throw new UserError(
          "no process trains %s".formatted(run), "`swax resume %s` continues it".formatted(run));
    }
    new StopRequest(run).make();
    if (noWait || life == RunHolder.Life.UNKNOWN) {
      host.console().message("asked; it saves and ends after its current step");
      return ExitCode.DONE;
    }
    host.console().message("asked; waiting until it has saved and ended ...");
    return awaitEnd();
  }

  private int awaitEnd() throws InterruptedException {
    BooleanSupplier stop = host.stop().get();
    while (life() == RunHolder.Life.RUNNING) {
      if (stop.getAsBoolean()) {
        host.console().message("not waiting any longer; the run was asked, and ends by itself");
        return ExitCode.DONE;
      }
      Thread.sleep(PAUSE);
    }
    host.console().result("stopped; `swax resume %s` continues".formatted(run));
    return ExitCode.DONE;
  }

  /** A grid starts its cells again, whoever stops them. */
  private void requireNoCell() {
    String grid = RunFiles.of(run).config().get("run.grid");
    if (grid != null) {
      throw new UserError(
          "%s is a cell of grid %s, which would start it again".formatted(run, grid),
          "`swax grid cancel FILE` ends the grid");
    }
  }

  private RunHolder.Life life() {
    try {
      return RunHolder.find(run).map(RunHolder::life).orElse(RunHolder.Life.ENDED);
    } catch (IOException e) {
      throw new UserError("cannot read the run %s: %s".formatted(run, Reasons.of(e)), null);
    }
  }
}
