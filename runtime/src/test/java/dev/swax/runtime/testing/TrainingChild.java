package dev.swax.runtime.testing;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.StopSignal;
import dev.swax.runtime.train.Trainer;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Trains in a process of its own: arguments are the run directory and how many milliseconds to wait
 * after each step. A user's error is printed and exits with 2.
 */
public final class TrainingChild {
  private TrainingChild() {}

  public static void main(String[] arguments) {
    StopSignal signal = StopSignal.install();
    signal.exit(train(Path.of(arguments[0]), Long.parseLong(arguments[1]), signal));
  }

  private static int train(Path path, long pause, BooleanSupplier stop) {
    var program = BagProgram.create(2, 16);
    Split text = Texts.sums();
    try (RunDirectory run = Runs.directory(path, text)) {
      BooleanSupplier slowly =
          () -> {
            sleep(pause);
            return stop.getAsBoolean();
          };
      return new Trainer(Runs.job(program, program.resized(3, 8), run, text, slowly))
          .run()
          .exitCode();
    } catch (UserError e) {
      System.err.println(e.getMessage());
      return 2;
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    }
  }
}
