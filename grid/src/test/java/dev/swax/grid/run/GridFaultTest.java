package dev.swax.grid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellStates;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Owner;
import dev.swax.grid.testing.Grids;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A grid whose disk fails, or whose processes are killed, at every call of a run in turn. */
class GridFaultTest {
  private static final GridCells CELLS =
      Grids.cells(
          """
          using main
          column "A" = lm
          row "recall of {n}" for n in [10, 20] = score(pairs, examples: n)
          """);

  @TempDir Path path = Path.of("");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsLostAndTheNextRunCompletes(boolean kill) throws IOException {
    boolean failed = true;
    for (int call = 1; failed; call++) {
      prepare();
      FaultyDisk disk = kill ? FaultyDisk.killedAt(call) : FaultyDisk.failingAt(call);
      boolean ended = tryToRun(new GridFolder(disk.on(path)));
      failed = disk.hasFailed();
      assertThat(outcome(0)).as("result of before, fault at call %d", call).isTrue();
      assertThat(path.resolve("notes.txt")).as("fault at call %d", call).hasContent("mine");
      assertThat(leftovers()).as("fault at call %d", call).hasSizeLessThan(2);
      if (ended && !failed) {
        assertThat(isDone()).isTrue();
      }
      assertThat(run(sound()).failures()).as("fault at call %d", call).isEmpty();
      assertThat(isDone()).as("run again after a fault at call %d", call).isTrue();
    }
  }

  /** The training is done; a measure has failed; a dead process has the claim of the other. */
  private void prepare() throws IOException {
    Disk.deleteTree(path);
    Files.createDirectories(path);
    Files.writeString(path.resolve("notes.txt"), "mine");
    Cell done = CELLS.all().getFirst();
    place(done).describe(CellStates.describe(done));
    place(done).finish(DiskLauncher.outcome(done));
    place(CELLS.all().get(1)).fail(new CellFolder.Failure(2, 1, "no such file"));
    Path dead = Files.createDirectories(place(CELLS.all().getLast()).path());
    Owner owner = DiskLauncher.DEAD;
    Files.writeString(
        dead.resolve("claim"),
        "%s %d %d %s\n".formatted(owner.host(), owner.pid(), owner.started(), owner.space()));
  }

  /** Whether it came to an end, and did not say why it could not. */
  private static boolean tryToRun(GridFolder folder) {
    try {
      return run(folder).left().isEmpty();
    } catch (UserError | FaultyDisk.Killed e) {
      return false;
    }
  }

  private static Result run(GridFolder folder) {
    return new GridRunner(
            CELLS,
            folder,
            new DiskLauncher(folder),
            new GridRunner.Options(1, false),
            new Silent(),
            () -> false)
        .run();
  }

  private boolean isDone() {
    return Stream.of(0, 1, 2).allMatch(this::outcome);
  }

  /** Whether the result of a cell is there and right. */
  private boolean outcome(int number) {
    Cell cell = CELLS.all().get(number);
    return place(cell).findOutcome().filter(DiskLauncher.outcome(cell)::equals).isPresent();
  }

  private CellFolder place(Cell cell) {
    return sound().cell(cell.id());
  }

  private GridFolder sound() {
    return new GridFolder(FaultyDisk.sound().on(path));
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(NewFile::isLeftover).toList();
    }
  }
}
