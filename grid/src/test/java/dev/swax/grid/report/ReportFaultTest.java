package dev.swax.grid.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.grid.assemble.Assembly;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import dev.swax.grid.testing.Grids;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report while calls to the disk fail, or the process is killed: at every call in turn. */
class ReportFaultTest {
  private static final GridCells CELLS =
      Grids.cells(
          """
          using main
          column "A" = lm
          row recall = score(pairs, examples: 10)
          row double = 2 * recall
          figure "Training" = curves()
          """);

  @TempDir Path path = Path.of("");

  @Test
  void whateverCallFailsItIsSaidOrTheReportIsRight() throws IOException {
    Map<String, String> old = report(0.25);
    Map<String, String> wanted = report(0.5);
    boolean failed = true;
    for (int call = 1; failed; call++) {
      prepare(old, 0.5);
      FaultyDisk disk = FaultyDisk.failingAt(call);
      boolean written = tryToWrite(disk);
      failed = disk.hasFailed();
      assertThat(files()).as("fault at call %d", call).containsOnlyKeys(old.keySet());
      if (written) {
        assertThat(files()).as("fault at call %d", call).isEqualTo(wanted);
      }
      areOldOrNew(call, old, wanted);
    }
  }

  @Test
  void killedAtAnyCallItLeavesEveryFileWholeAndTheNextOneWritesAll() throws IOException {
    Map<String, String> old = report(0.25);
    Map<String, String> wanted = report(0.5);
    boolean killed = true;
    for (int call = 1; killed; call++) {
      prepare(old, 0.5);
      FaultyDisk disk = FaultyDisk.killedAt(call);
      tryToWrite(disk);
      killed = disk.hasFailed();
      areOldOrNew(call, old, wanted);
      assertThat(tryToWrite(FaultyDisk.sound())).isTrue();
      assertThat(files()).as("again after a kill at call %d", call).containsAllEntriesOf(wanted);
    }
  }

  private void areOldOrNew(int call, Map<String, String> old, Map<String, String> wanted)
      throws IOException {
    Map<String, String> now = files();
    for (String name : old.keySet()) {
      assertThat(now.get(name))
          .as("%s after a fault at call %d", name, call)
          .isIn(old.get(name), wanted.get(name));
    }
  }

  /** The whole report of a grid with that result. */
  private Map<String, String> report(double recall) throws IOException {
    prepare(Map.of(), recall);
    assertThat(tryToWrite(FaultyDisk.sound())).isTrue();
    return files();
  }

  /** The grid's cells with that result, and a report that was written before. */
  private void prepare(Map<String, String> old, double recall) throws IOException {
    Disk.deleteTree(path);
    for (Cell cell : CELLS.all()) {
      SequencedMap<String, Outcome.Metric> metrics = new LinkedHashMap<>();
      metrics.put("recall", new Outcome.Metric(recall, 10, 0.1));
      place(cell).finish(new Outcome(metrics, 1, 2));
    }
    Path run = Files.createDirectories(place(CELLS.trainings().getFirst()).run());
    Files.writeString(run.resolve("manifest.json"), "{}");
    Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":1,\"tokens\":64,\"loss\":2.5}\n");
    for (Map.Entry<String, String> file : old.entrySet()) {
      Path at = target(path).resolve(file.getKey());
      Files.createDirectories(at.resolveSibling("."));
      Files.writeString(at, file.getValue());
    }
  }

  private CellFolder place(Cell cell) {
    return new GridFolder(FaultyDisk.sound().on(path)).cell(cell.id());
  }

  private static Path target(Path grid) {
    return grid.resolve("report");
  }

  private boolean tryToWrite(FaultyDisk disk) {
    Path grid = disk.on(path);
    try {
      new Reports(Assembly.of(CELLS, new GridFolder(grid))).write(target(grid));
      return true;
    } catch (IOException | UserError | FaultyDisk.Killed e) {
      return false;
    }
  }

  /** The text of every file of the report. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(target(path))) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        if (!NewFile.isLeftover(file)) {
          files.put(target(path).relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return files;
  }
}
