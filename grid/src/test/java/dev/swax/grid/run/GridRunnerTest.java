package dev.swax.grid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.Claim;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Owner;
import dev.swax.grid.testing.Grids;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is started when, and what becomes of how it ends. */
class GridRunnerTest {
  private static final GridCells CELLS =
      Grids.cells(
          """
          using main
          column "{w}" for w in [4, 8] = lm(window: w)
          row recall = score(pairs, examples: 10)
          """);

  @TempDir Path path = Path.of("");
  private GridFolder folder = new GridFolder(Path.of(""));
  private FakeProcesses processes = new FakeProcesses(folder);
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void prepare() {
    folder = new GridFolder(path);
    processes = new FakeProcesses(folder);
  }

  @Test
  void everythingIsDoneOnceTrainingFirst() {
    Result result = run(1, false);
    assertThat(result.left()).isEmpty();
    assertThat(processes.started())
        .containsExactly(
            "training of 4, seed 1",
            "training of 8, seed 1",
            "recall of 4, seed 1",
            "recall of 8, seed 1");
    run(1, false);
    assertThat(processes.started()).as("nothing is done again").hasSize(4);
  }

  @Test
  void noMoreJobsThanWanted() {
    run(2, false);
    assertThat(processes.mostAtATime()).isEqualTo(2);
  }

  @Test
  void whatSavedItsWorkGoesOn() {
    processes.end(training(0), 75, 75, 75, 75);
    assertThat(run(1, false).failures()).isEmpty();
    assertThat(processes.started()).filteredOn("training of 4, seed 1"::equals).hasSize(5);
  }

  @Test
  void aFaultIsTriedTwiceMore() {
    processes.end(training(0), 70, 137);
    assertThat(run(1, false).failures()).isEmpty();
    processes.end(training(0), 70, 70, 70);
    assertThat(folder.cell(training(0).id()).findFailure()).isEmpty();
  }

  @Test
  void afterThreeFaultsItHasFailedAndNothingIsBegun() {
    processes.end(training(0), 70, 1, 137);
    Result result = run(1, false);
    assertThat(result.failures().keySet()).containsExactly(training(0));
    assertThat(folder.cell(training(0).id()).findFailure())
        .contains(new CellFolder.Failure(137, 3, "it ended with 137"));
    assertThat(processes.started()).doesNotContain("recall of 8, seed 1");
    assertThat(result.left()).isNotEmpty();
  }

  @Test
  void whatTheUserHasToPutRightIsNotTriedAgain() {
    processes.end(training(0), 2);
    Result result = run(1, true);
    assertThat(processes.started()).filteredOn("training of 4, seed 1"::equals).hasSize(1);
    assertThat(processes.started()).as("others go on").contains("recall of 8, seed 1");
    assertThat(result.left()).extracting(Cell::title).containsExactly("recall of 4, seed 1");
    assertThat(run(1, false).failures()).as("the next run tries it again").isEmpty();
    assertThat(folder.cell(training(0).id()).findFailure()).isEmpty();
  }

  @Test
  void aCellThatALivingProcessHasIsWaitedFor() throws InterruptedException {
    Claim claim = folder.cell(training(0).id()).claim(Owner.current()).orElseThrow();
    var runner = Thread.ofVirtual().start(() -> run(1, false));
    while (told.isEmpty()) {
      Thread.sleep(5);
    }
    assertThat(told.getFirst()).startsWith("waiting for training of 4, seed 1");
    assertThat(runner.isAlive()).isTrue();
    claim.close();
    runner.join();
    assertThat(processes.started()).filteredOn("training of 4, seed 1"::equals).hasSize(1);
    assertThat(processes.started().getFirst()).isEqualTo("training of 8, seed 1");
  }

  @Test
  void onceAskedToStopItBeginsNothing() {
    Result result =
        new GridRunner(
                CELLS, folder, processes, new GridRunner.Options(1, false), watcher(), () -> true)
            .run();
    assertThat(result.stopped()).isTrue();
    assertThat(result.left()).hasSize(4);
    assertThat(processes.started()).isEmpty();
  }

  private static Cell training(int number) {
    return CELLS.trainings().get(number);
  }

  private Result run(int jobs, boolean keepGoing) {
    return new GridRunner(
            CELLS,
            folder,
            processes,
            new GridRunner.Options(jobs, keepGoing),
            watcher(),
            () -> false)
        .run();
  }

  private Watcher watcher() {
    return new Watcher() {
      @Override
      public void finished(Cell cell, int done, int all) {}

      @Override
      public void failed(Cell cell, CellFolder.Failure failure) {}

      @Override
      public void retried(Cell cell, int code, String words) {}

      @Override
      public void waiting(Cell cell, Owner owner) {
        told.add("waiting for " + cell.title());
      }

      @Override
      public void status(List<Cell> running, List<Cell> left) {}
    };
  }
}
