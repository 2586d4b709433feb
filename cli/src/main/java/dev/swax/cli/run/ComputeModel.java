package dev.swax.cli.run;

import dev.swax.cli.ExitCode;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.Cells;
import dev.swax.grid.store.CellFolder;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The cells of one model, computed to the end: what a task of an engine does, which nobody starts
 * again. So it waits for cells that another process has.
 */
public record ComputeModel(
    ComputeCell compute, Cells cells, Cell.Training training, BooleanSupplier stop) {
  /** Stopped, and nothing is there that was not there before: another attempt would be the same. */
  public static final int NOTHING_GAINED = 76;

  private static final long PAUSE_MILLISECONDS = 2000;

  /** The exit code; {@link ExitCode#CHECKPOINTED} where it was stopped and can go on. */
  public int run() {
    forgetLost();
    Progress before = Progress.of(this);
    boolean waited = false;
    while (true) {
      List<Cell> left = left();
      if (left.isEmpty()) {
        return ExitCode.DONE;
      }
      int code = compute.run(left);
      if (stop.getAsBoolean() && code == ExitCode.CHECKPOINTED) {
        return waited || !Progress.of(this).equals(before) ? code : NOTHING_GAINED;
      }
      if (code != ExitCode.DONE && code != ExitCode.CHECKPOINTED) {
        return code;
      }
      if (left().equals(left)) {
        waited = true;
        pause();
      }
    }
  }

  /** Where the weights are gone that a measure needs, the model is trained again. */
  private void forgetLost() {
    CellFolder place = compute.folders().of(training);
    if (!left().isEmpty() && place.hasLostItsWeights()) {
      place.forgetResult();
    }
  }

  private List<Cell> left() {
    return all()
        .filter(cell -> cell.obstacle() == null && !compute.folders().of(cell).isFinished())
        .toList();
  }

  private Stream<Cell> all() {
    return cells.all().stream().filter(cell -> cell.trained().equals(training));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a task", e);
    }
  }

  /**
   * How far a model is.
   *
   * @param steps of the newest checkpoint of its training
   * @param finished cells
   */
  private record Progress(long steps, long finished) {
    private static Progress of(ComputeModel model) {
      CellFolder place = model.compute().folders().of(model.training());
      long finished =
          model.all().filter(cell -> model.compute().folders().of(cell).isFinished()).count();
      return new Progress(newest(place.run().resolve("checkpoints")), finished);
    }

    /** They are named after their steps. */
    private static long newest(Path checkpoints) {
      try {
        return Disk.entries(checkpoints).stream()
            .map(path -> String.valueOf(path.getFileName()))
            .filter(name -> name.matches("[0-9]{1,18}"))
            .mapToLong(Long::parseLong)
            .max()
            .orElse(0);
      } catch (NoSuchFileException e) {
        return 0;
      } catch (IOException e) {
        throw new UserError("cannot read %s: %s".formatted(checkpoints, Reasons.of(e)), null);
      }
    }
  }
}
