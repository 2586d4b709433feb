package dev.swax.cli;

import dev.swax.runtime.rank.LossListener;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends this process where it cannot go on with the others. Checkpoints are whole at any time, so a
 * training can go on from the newest.
 */
final class Losses implements LossListener {
  private static final String HELP = "`swax resume RUN` continues from the newest checkpoint";

  /** The first that is left speaks, and has all ended by the launcher, within less. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  /** What is left of half a minute where the first did not. */
  private static final Duration REST = Duration.ofSeconds(2);

  private final Processes processes;
  private boolean told;

  Losses(Processes processes) {
    this.processes = processes;
  }

  @Override
  public synchronized void launcherEnded() {
    if (processes.rank() == 0) {
      say("what started the %d processes has ended, and so do they".formatted(processes.size()));
    }
    halt();
  }

  /** The first that is left speaks, and ends the others; whom it cannot end does so itself. */
  @Override
  public synchronized void silent(List<Integer> ranks, Duration time) {
    if (told) {
      return;
    }
    int first = 0;
    while (ranks.contains(first)) {
      first++;
    }
    boolean speaks = processes.rank() == first;
    if (!speaks) {
      pause(FIRST);
    }
    String names = ranks.stream().map(processes::name).collect(Collectors.joining(" and "));
    say("nothing was heard of %s for %d s".formatted(names, time.toSeconds()));
    Thread.ofPlatform().daemon().start(() -> processes.ranks().abort(ExitCode.CHECKPOINTED));
    pause(speaks ? FIRST : REST);
    halt();
  }

  /** What {@link #silent} would say is said already; where it is saying it, this never returns. */
  synchronized void told() {
    told = true;
  }

  private void say(String message) {
    processes.speaker().error(message, HELP);
  }

  private static void halt() {
    Runtime.getRuntime().halt(ExitCode.CHECKPOINTED);
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
