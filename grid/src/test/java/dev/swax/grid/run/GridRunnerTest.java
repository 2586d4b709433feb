package dev.swax.grid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.faultydisk.FaultyDisk;
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
  private FakeLauncher processes = new FakeLauncher(folder);
  private final List<String> told = new ArrayList<>();
  private final List<Path> logs = new ArrayList<>();

  @BeforeEach
  void prepare() {
    folder = new GridFolder(path);
    processes = new FakeLauncher(folder);
  }

  @Test
  void everythingIsDoneOnceTrainingFirst() {
    Result result = run(1);
    assertThat(result.left()).isEmpty();
    assertThat(processes.started())
        .containsExactly(
            "training of 4, seed 1",
            "training of 8, seed 1",
            "recall of 4, seed 1",
            "recall of 8, seed 1");
    run(1);
    assertThat(processes.started()).as("nothing is done again").hasSize(4);
  }

  @Test
  void noMoreJobsThanWanted() {
    run(2);
    assertThat(processes.mostAtATime()).isEqualTo(2);
  }

  /** Whose disk remembers for a while that there was no result. */
  @Test
  void aResultOfAnotherMachineIsNotMissed() {
    folder = new GridFolder(FaultyDisk.ofNetwork().on(path));
    processes = new FakeLauncher(new GridFolder(path));
    assertThat(run(1).left()).isEmpty();
    assertThat(processes.started()).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void whatSavedItsWorkGoesOn() {
    processes.end(training(0), 75, 75, 75, 75);
    assertThat(run(1).failures()).isEmpty();
    assertThat(processes.started()).filteredOn("training of 4, seed 1"::equals).hasSize(5);
  }

  @Test
  void aFaultIsTriedTwiceMore() {
    processes.end(training(0), 70, 137);
    assertThat(run(1).failures()).isEmpty();
    processes.end(training(0), 70, 70, 70);
    assertThat(folder.cell(training(0).id()).findFailure()).isEmpty();
  }

  @Test
  void afterThreeFaultsItHasFailedAndNothingIsBegunIfThatIsWanted() {
    processes.end(training(0), 70, 1, 137);
    Result result = run(1, true);
    assertThat(result.failures().keySet()).containsExactly(training(0));
    assertThat(folder.cell(training(0).id()).findFailure())
        .contains(new CellFolder.Failure(137, 3, "it ended with 137"));
    assertThat(processes.started()).doesNotContain("recall of 8, seed 1");
    assertThat(result.left()).isNotEmpty();
  }

  @Test
  void whatTheUserHasToPutRightIsNotTriedAgain() {
    processes.end(training(0), 2);
    Result result = run(1);
    assertThat(processes.started()).filteredOn("training of 4, seed 1"::equals).hasSize(1);
    assertThat(processes.started()).as("others go on").contains("recall of 8, seed 1");
    assertThat(result.left()).extracting(Cell::title).containsExactly("recall of 4, seed 1");
    assertThat(run(1).failures()).as("the next run tries it again").isEmpty();
    assertThat(folder.cell(training(0).id()).findFailure()).isEmpty();
  }

  @Test
  void aCellThatALivingProcessHasIsWaitedFor() throws InterruptedException {
    Claim claim = folder.cell(training(0).id()).claim(Owner.current()).orElseThrow();
    var runner = Thread.ofVirtual().start(() -> run(1));
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

  @Test
  void whatCannotBeStartedHasFailedAndTheOthersGoOn() {
    processes.refuse(training(1));
    Result result = run(2);
    assertThat(result.failures().keySet()).containsExactly(training(1));
    assertThat(folder.cell(training(1).id()).findFailure())
        .contains(new CellFolder.Failure(2, 1, "cannot start it"));
    assertThat(told).contains("failed training of 8, seed 1: cannot start it");
    assertThat(result.left()).extracting(Cell::title).containsExactly("recall of 8, seed 1");
    assertThat(folder.cell(CELLS.evaluations().getFirst().id()).isFinished()).isTrue();
  }

  /** A process goes on with measures; the one that fails is told of then, and only that one. */
  @Test
  void aMeasureThatItsProcessGaveUpIsToldOfAtOnce() {
    Cell recall = CELLS.evaluations().getFirst();
    processes.fail(training(0), recall);
    assertThat(run(1).failures().keySet()).containsExactly(recall);
    assertThat(told).containsExactly("failed recall of 4, seed 1: no such file");
    assertThat(logs)
        .as("what its process has printed")
        .containsExactly(folder.cell(training(0).id()).log());
    assertThat(processes.started())
        .containsExactly("training of 4, seed 1", "training of 8, seed 1", "recall of 8, seed 1");
  }

  @Test
  void aProcessGoesOnWithFurtherModels() {
    processes.take(8);
    run(1);
    assertThat(processes.groups().getFirst())
        .containsExactly(
            "training of 4, seed 1",
            "recall of 4, seed 1",
            "training of 8, seed 1",
            "recall of 8, seed 1");
  }

  @Test
  void noProcessTakesMoreThanItsShareOfTheModels() {
    processes.take(8);
    run(2);
    assertThat(processes.groups().subList(0, 2))
        .containsExactly(
            List.of("training of 4, seed 1", "recall of 4, seed 1"),
            List.of("training of 8, seed 1", "recall of 8, seed 1"));
  }

  @Test
  void whereAFailureStopsEverythingAProcessBeginsNoSecondModel() {
    processes.take(8);
    run(1, true);
    assertThat(processes.groups().getFirst())
        .containsExactly("training of 4, seed 1", "recall of 4, seed 1");
  }

  @Test
  void whoHasRoomBeginsWhatAProcessHasNotComeTo() {
    GridCells three =
        Grids.cells(
            """
            using main
            column "{w}" for w in [4, 8, 16] = lm(window: w)
            row recall = score(pairs, examples: 10)
            """);
    processes.take(8);
    processes.hold(three.trainings().getFirst(), 4);
    assertThat(run(three, 2, false).left()).isEmpty();
    assertThat(processes.groups().getFirst())
        .contains("training of 4, seed 1", "training of 8, seed 1");
    assertThat(processes.started().subList(0, 4))
        .as("while the first process is still with its first cell")
        .containsExactly(
            "training of 4, seed 1",
            "training of 16, seed 1",
            "recall of 16, seed 1",
            "training of 8, seed 1");
  }

  @Test
  void whateverEndsARunnerItsProcessesAreStopped() {
    processes.breakAfter(training(0));
    assertThatThrownBy(() -> run(1)).isInstanceOf(IllegalStateException.class);
    assertThat(processes.stopped()).containsExactly("training of 4, seed 1");
  }

  private Result run(int jobs) {
    return run(jobs, false);
  }

  private Result run(int jobs, boolean stopAtFailure) {
    return run(CELLS, jobs, stopAtFailure);
  }

  private Result run(GridCells cells, int jobs, boolean stopAtFailure) {
    return new GridRunner(
            cells,
            folder,
            processes,
            new GridRunner.Options(jobs, stopAtFailure),
            watcher(),
            () -> false)
        .run();
  }

  private Watcher watcher() {
    return new Silent() {
      @Override
      public void failed(Cell cell, CellFolder.Failure failure, Path log) {
        told.add("failed " + cell.title() + ": " + failure.message());
        logs.add(log);
      }

      @Override
      public void waiting(Cell cell, Owner owner) {
        told.add("waiting for " + cell.title());
      }
    };
  }
}
