package dev.swax.grid.plan;

import dev.swax.grid.store.Owner;

/** Where a cell stands. */
public sealed interface CellState {

  /** As lists show it. */
  String describe();

  /**
   * Its result is there.
   *
   * @param endedEarly the last step of a training that ended before its budget was spent; 0: it did
   *     not
   */
  record Cached(long endedEarly) implements CellState {
    @Override
    public String describe() {
      return endedEarly == 0 ? "cached" : "cached, ended early at step " + endedEarly;
    }
  }

  /** Nothing of it is there. */
  record ToRun() implements CellState {
    @Override
    public String describe() {
      return "to run";
    }
  }

  /**
   * To run: there is a result, but of something else, or of a training whose weights are gone.
   *
   * @param why what has changed
   */
  record Stale(String why) implements CellState {
    @Override
    public String describe() {
      return "stale: " + why;
    }
  }

  /**
   * To run: there is a result, but it cannot be believed.
   *
   * @param why what is wrong with its file
   */
  record Damaged(String why) implements CellState {
    @Override
    public String describe() {
      return why + "; `swax grid run` computes it again";
    }
  }

  /** Begun and stopped; it goes on from its checkpoint. */
  record Interrupted() implements CellState {
    @Override
    public String describe() {
      return "interrupted, to be continued";
    }
  }

  /**
   * An engine has the job that is to compute it.
   *
   * @param how it stands there
   */
  record Queued(String how) implements CellState {
    @Override
    public String describe() {
      return how;
    }
  }

  /** A process works on it. */
  record Running(Owner owner) implements CellState {
    @Override
    public String describe() {
      return "running in " + owner.describe();
    }
  }

  /** Tried, and not done. */
  record Failed(String message) implements CellState {
    @Override
    public String describe() {
      return "failed: " + message.lines().findFirst().orElse("");
    }
  }

  /** Something that it needs is not here. */
  record Impossible(String why) implements CellState {
    @Override
    public String describe() {
      return "cannot run here: " + why;
    }
  }

  /** Whether nothing of it is left to do. */
  default boolean isDone() {
    return this instanceof Cached;
  }
}
