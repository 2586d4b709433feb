package dev.swax.runtime.testing;

import dev.swax.runtime.UserError;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.StopSignal;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Trains in a process of its own. Arguments: the run directory, the number of steps, how many steps
 * from checkpoint to checkpoint, and how many milliseconds to wait after each step. A user's error
 * is printed and exits with 2.
 */
public final class TrainingChild {
  private TrainingChild() {}

  public static void main(String[] arguments) {
    StopSignal signal = StopSignal.install();
    Recipe recipe = Runs.recipe(Long.parseLong(arguments[1]), Long.parseLong(arguments[2]), 0);
    long pause = Long.parseLong(arguments[3]);
    BooleanSupplier slowly =
        () -> {
          sleep(pause);
          return signal.getAsBoolean();
        };
    signal.exit(train(Path.of(arguments[0]), recipe, slowly));
  }

  private static int train(Path path, Recipe recipe, BooleanSupplier stop) {
    try {
      return Runs.train(path, recipe, BagProgram.create(2, 16), stop).exitCode();
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
