package dev.swax.cli.grid;

import dev.swax.cli.Main;
import dev.swax.grid.plan.Cell;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts swax again, with the same Java, class path and limits, for some cells. */
public final class CellCommandLine {
  private CellCommandLine() {}

  /** {@code options} name the grid as {@link GridOptions} reads it, and what else holds for it. */
  public static List<String> of(List<Cell> cells, List<String> options, int threads) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(CellCommandLine::isPassedOn)
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("grid", "cell"));
    command.addAll(options);
    cells.forEach(cell -> command.addAll(List.of("--cell", cell.id())));
    command.addAll(List.of("--threads", Integer.toString(threads)));
    return command;
  }

  /** Modules and limits, but no agents and no properties, which are for this process. */
  private static boolean isPassedOn(String argument) {
    return Stream.of("--add-", "--enable-native-access", "-XX:", "-Xlog", "-Xm", "-Xs")
        .anyMatch(argument::startsWith);
  }
}
