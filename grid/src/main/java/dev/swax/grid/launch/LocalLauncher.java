package dev.swax.grid.launch;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.runtime.Reasons;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Processes of this machine; what they print goes to the {@code log.txt} of their first cell. A
 * prefix hands each command to another program: {@code numactl}, or {@code srun} within an
 * allocation.
 */
public final class LocalLauncher implements Launcher {
  private static final Duration PACE = Duration.ofMillis(100);

  /** Starting takes seconds: Java compiles all kernels anew. */
  private static final int MODELS = 8;

  /** The code of what only the user can put right. */
  private static final int USER_ERROR = 2;

  private final GridFolder folder;
  private final List<String> prefix;
  private final Function<List<Cell>, List<String>> command;

  /**
   * Starts cells of a grid.
   *
   * @param prefix the words before each command; none: the command alone
   * @param command program and arguments for cells
   */
  public LocalLauncher(
      GridFolder folder, List<String> prefix, Function<List<Cell>, List<String>> command) {
    this.folder = folder;
    this.prefix = List.copyOf(prefix);
    this.command = command;
  }

  @Override
  public List<CellProcess> start(List<List<Cell>> groups) {
    return groups.stream().map(this::process).toList();
  }

  @Override
  public int models() {
    return MODELS;
  }

  @Override
  public Duration pace() {
    return PACE;
  }

  private CellProcess process(List<Cell> cells) {
    Cell cell = cells.getFirst();
    CellFolder place = folder.cell(cell.id());
    File log = place.log().toFile();
    List<String> words = new ArrayList<>(prefix);
    words.addAll(command.apply(cells));
    try {
      Files.createDirectories(place.path());
      long before = log.length();
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
      process.getOutputStream().close(); // it reads nothing
      return new Running(process, place.log(), before);
    } catch (IOException e) {
      return new NotStarted("cannot start %s: %s".formatted(cell.title(), Reasons.of(e)));
    }
  }

  private record Running(Process process, Path log, long before) implements CellProcess {
    @Override
    public OptionalInt exitCode() {
      return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    @Override
    public void stop() {
      process.destroy();
    }

    @Override
    public String lastWords() {
      return LastWords.of(log, before);
    }
  }

  private record NotStarted(String lastWords) implements CellProcess {
    @Override
    public OptionalInt exitCode() {
      return OptionalInt.of(USER_ERROR);
    }

    @Override
    public void stop() {}
  }
}
