package dev.swax.cli.run;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Rejected;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.rank.LostRanksException;
import dev.swax.runtime.train.Session;
import java.io.IOException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a training is asked beside its recipe. */
public final class SessionOptions {
  private static final char BELL = '\u0007';

  @Option(
      names = "--tensorboard",
      description = "also write event files, in the folder tensorboard of the run")
  private boolean tensorboard;

  @Option(
      names = "--until-loss",
      paramLabel = "LOSS",
      description = "end after a validation whose loss is at most this, in nats per token")
  private @Nullable Double untilLoss;

  @Option(
      names = "--then",
      paramLabel = "COMMAND",
      description =
          "a command for sh when training has ended, however it did; SWAX_CODE is the exit code")
  private @Nullable String command;

  @Option(names = "--bell", description = "ring the terminal's bell when training has ended")
  private boolean bell;

  /** What the training itself has to know. */
  public Session session() {
    Double loss = untilLoss;
    if (loss != null && !(loss > 0 && Double.isFinite(loss))) {
      throw new UserError(
          "`--until-loss` is %s, but a loss above 0 is expected".formatted(loss),
          "`--until-loss 2.5`");
    }
    return new Session(tensorboard, loss == null ? Double.NaN : loss);
  }

  /** Trains, then does what was asked for the end; the exit code of the training. */
  public int around(Host host, IntSupplier training) {
    int code = ExitCode.FAULT;
    try {
      code = training.getAsInt();
      return code;
    } catch (UserError | Rejected e) {
      code = ExitCode.USER_ERROR;
      throw e;
    } catch (LostRanksException e) {
      code = ExitCode.CHECKPOINTED;
      throw e;
    } finally {
      if (host.processes().ranks().leads()) {
        end(host, code);
      }
    }
  }

  private void end(Host host, int code) {
    if (bell) {
      host.console().err().print(BELL);
      host.console().err().flush();
    }
    if (command != null) {
      host.console().out().flush();
      start(host, command, code);
    }
  }

  /** A command that fails is told of, and changes nothing about the training. */
  private static void start(Host host, String command, int code) {
    try {
      var builder = new ProcessBuilder("sh", "-c", command).inheritIO();
      builder.directory(host.folder().toAbsolutePath().toFile());
      builder.environment().put("SWAX_CODE", Integer.toString(code));
      int ended = builder.start().waitFor();
      if (ended != 0) {
        host.console().message("`%s` ended with exit code %d".formatted(command, ended));
      }
    } catch (IOException e) {
      host.console().message("cannot start `%s`: %s".formatted(command, Reasons.of(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
