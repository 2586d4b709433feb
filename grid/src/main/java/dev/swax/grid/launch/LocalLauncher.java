package dev.swax.grid.launch;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Processes of this machine; what they print goes to the cell's {@code log.txt}. A prefix hands
 * each command to another program: {@code numactl}, or {@code srun} within an allocation.
 */
public final class LocalLauncher implements Launcher {
  private static final int SHOWN_LINES = 12;
  private static final int LOOKED_AT = 1 << 20;

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
  public CellProcess start(List<Cell> cells) {
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
      throw new UserError("cannot start %s: %s".formatted(cell.title(), Reasons.of(e)), null);
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

    /** From the last error that it printed on; else its last lines. */
    @Override
    public String lastWords() {
      try {
        return lastWords(RegularFile.end(log, before, LOOKED_AT).lines().toList());
      } catch (IOException e) {
        return "what it printed cannot be read: " + Reasons.of(e);
      }
    }

    private static String lastWords(List<String> lines) {
      int start = Math.max(0, lines.size() - SHOWN_LINES / 2);
      for (int i = lines.size() - 1; i >= 0; i--) {
        if (lines.get(i).startsWith("error: ") || lines.get(i).startsWith("error[")) {
          start = i;
          break;
        }
      }
      String words =
          String.join("\n", lines.subList(start, Math.min(lines.size(), start + SHOWN_LINES)));
      return words.startsWith("error: ") ? words.substring("error: ".length()) : words;
    }
  }
}
