package dev.swax.cli.grid;

import dev.swax.cli.Console;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.Speed;
import dev.swax.grid.run.Watcher;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Owner;
import dev.swax.runtime.train.TerminalLine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Tells how a grid gets on: a line for each cell, and from time to time what runs. */
public final class RunProgress implements Watcher {
  private static final long TERMINAL_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long FILE_PAUSE = TimeUnit.SECONDS.toNanos(60);
  private static final int MOST_NAMED = 3;

  private final Console console;
  private final GridFolder folder;
  private final int jobs;
  private long told = System.nanoTime();
  private boolean open;
  private boolean begun;

  public RunProgress(Console console, GridFolder folder, int jobs) {
    this.console = console;
    this.folder = folder;
    this.jobs = jobs;
  }

  @Override
  public void finished(Cell cell, int done, int all) {
    line("[%d/%d] %s".formatted(done, all, cell.title()));
  }

  @Override
  public void failed(Cell cell, CellFolder.Failure failure, Path log) {
    line("failed: %s: %s\n  = log: %s".formatted(cell.title(), failure.message(), log));
  }

  @Override
  public void retried(Cell cell, int code, String words) {
    String last = words.lines().reduce((_, line) -> line).orElse("");
    line("%s ended with %d and is started again: %s".formatted(cell.title(), code, last));
  }

  @Override
  public void waiting(Cell cell, Owner owner) {
    line("waiting for %s: %s works on it".formatted(cell.title(), owner.describe()));
  }

  @Override
  public void status(List<Cell> running, List<Cell> left) {
    begun = true;
    long now = System.nanoTime();
    if (now - told < (console.errTerminal() ? TERMINAL_PAUSE : FILE_PAUSE)) {
      return;
    }
    told = now;
    String text = text(running, left);
    if (console.errTerminal()) {
      open = true;
      console.err().print(TerminalLine.of(text));
      console.err().flush();
    } else {
      console.message(text);
    }
  }

  /** Whether everything has been started that could be at first. */
  public boolean hasBegun() {
    return begun;
  }

  private String text(List<Cell> running, List<Cell> left) {
    String names =
        running.stream().limit(MOST_NAMED).map(Cell::title).collect(Collectors.joining("; "));
    int more = running.size() - MOST_NAMED;
    double flops = left.stream().mapToDouble(Cell::flops).sum();
    String eta =
        Speed.measured(folder)
            .map(speed -> PlanText.duration(flops / speed.flops() / jobs))
            .orElse("not known yet");
    return "%d left; running: %s%s; eta %s"
        .formatted(left.size(), names, more > 0 ? " and %d more".formatted(more) : "", eta);
  }

  private void line(String text) {
    if (open) {
      console.err().print(TerminalLine.CLEARED);
      open = false;
    }
    console.message(text);
  }
}
