package dev.swax.grid.slurm;

import java.util.List;

/** Starts programs of Slurm and reads what they print. */
@FunctionalInterface
public interface Commands {
  /** What a program printed, and its exit code. */
  record Answer(int code, String out, String err) {
    public boolean isGood() {
      return code == 0;
    }

    /** What was wrong, in a line. */
    public String complaint() {
      String last = err.strip().lines().reduce((_, line) -> line).orElse("it ended with " + code);
      return last.replaceFirst("^[a-z]+: (error: )?", "");
    }
  }

  /**
   * Runs a program to its end.
   *
   * @throws dev.swax.runtime.UserError where there is no such program here
   */
  Answer run(List<String> words);
}
