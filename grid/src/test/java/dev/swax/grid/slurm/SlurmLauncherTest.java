package dev.swax.grid.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.grid.launch.CellProcess;
import dev.swax.grid.launch.ModelCommand;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellState;
import dev.swax.grid.plan.CellStates;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Job;
import dev.swax.grid.testing.Grids;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is submitted, how tasks stand, and what becomes of it when something is lost. */
class SlurmLauncherTest {
  private static final GridCells CELLS =
      Grids.cells(
          """
          using main
          column "{w}" for w in [4, 8, 16] = lm(window: w)
          row recall = score(pairs, examples: 10)
          """);
  private static final List<List<Cell>> GROUPS =
      CELLS.trainings().stream().map(training -> List.<Cell>of(training)).toList();

  @TempDir Path path = Path.of("");
  private GridFolder folder = new GridFolder(Path.of(""));
  private FakeSlurm slurm = new FakeSlurm();
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void prepare() {
    folder = new GridFolder(path);
    slurm = new FakeSlurm();
  }

  @Test
  void allModelsAreOneArray() throws IOException {
    assertThat(start()).hasSize(3).allMatch(process -> process.exitCode().isEmpty());
    assertThat(slurm.submitted()).containsExactly("--parsable");
    Job job = job();
    assertThat(job.id()).isEqualTo("17");
    assertThat(job.models())
        .containsExactlyElementsOf(CELLS.trainings().stream().map(Cell::id).toList());
    assertThat(Files.readString(job.script()))
        .contains("#SBATCH --array=0-2%2\n", "#SBATCH --mem=512M\n", "#SBATCH --cpus-per-task=1\n")
        .contains("#SBATCH --partition=cpu\n", "#SBATCH --requeue\n", "B:USR1@120\n")
        .contains("  " + CELLS.trainings().getLast().id() + "\n");
    assertThat(told)
        .containsExactly(
            "submitted job 17: 3 models, each with 1 CPU, 512 MiB and the partition's time limit");
  }

  @Test
  void whatIsInSlurmIsNotSubmittedAgain() {
    start();
    List<CellProcess> again = start();
    assertThat(slurm.submitted()).hasSize(1);
    assertThat(told).last().isEqualTo("3 models are in Slurm already");
    assertThat(again).allMatch(process -> process.exitCode().isEmpty());
    slurm.all("CANCELLED", "None", "");
    start();
    assertThat(slurm.submitted()).as("what has ended is").hasSize(2);
  }

  @Test
  void anAnswerThatIsLostIsLookedFor() {
    slurm.loseAnswers();
    start();
    assertThat(job().id()).isEqualTo("99");
    start();
    assertThat(slurm.submitted()).hasSize(1);
  }

  /** The runner died, or Slurm, before the identity of the job was written down. */
  @Test
  void aJobWithoutAnIdentityIsFoundByItsName() {
    start();
    new Job(job().folder(), job().name(), null, job().models()).write();
    start();
    assertThat(slurm.submitted()).hasSize(1);
  }

  @Test
  void whatIsRefusedLeavesNothing() {
    slurm.refuse("Batch job submission failed: Invalid account or account/partition combination");
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            UserError.class, error -> assertThat(error.help()).contains("--account"))
        .hasMessage(
            "sbatch refuses the job: Batch job submission failed: Invalid account or account/partition combination");
    assertThat(folder.jobs().all()).isEmpty();
  }

  @Test
  void withoutSlurmNothingIsLeftEither() {
    slurm.uninstall();
    assertThatThrownBy(this::start).isInstanceOf(UserError.class);
    assertThat(folder.jobs().all()).isEmpty();
  }

  @Test
  void aPartitionThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> launcher(request(null, "partition=gpu")).fitting())
        .isInstanceOfSatisfying(
            UserError.class, error -> assertThat(error.help()).isEqualTo("it has cpu, long"))
        .hasMessage("this cluster has no partition `gpu`");
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void aTimeThatAPartitionDoesNotGiveIsRefused() {
    assertThatThrownBy(() -> start(request(Duration.ofHours(2))))
        .isInstanceOf(UserError.class)
        .hasMessage("`--time` is 2:00:00, but partition `cpu` gives at most 1:00:00");
    start(request(Duration.ofHours(2), "partition=long"));
    assertThat(slurm.submitted()).hasSize(1);
  }

  @Test
  void anEstimatedTimeIsCutToWhatThePartitionGives() throws IOException {
    start(new SlurmRequest(0, 1, 512, Duration.ofHours(2), true, List.of()));
    assertThat(Files.readString(job().script())).contains("#SBATCH --time=1:00:00\n");
  }

  @Test
  void whatAnArrayDoesNotHoldFollowsInAnother() {
    slurm.limitArrays(3);
    start();
    assertThat(slurm.submitted())
        .containsExactly("--parsable", "--parsable --dependency=afterany:17");
    assertThat(folder.jobs().all()).extracting(job -> job.models().size()).containsExactly(2, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "OUT_OF_MEMORY ; ran out of the memory that it asked for",
        "TIMEOUT ; reached its time limit before it had saved",
        "CANCELLED ; was cancelled"
      })
  void whatSlurmEndedTheUserHasToPutRight(String state, String words) {
    CellProcess process = start().getFirst();
    slurm.all(state, "None", "n1");
    assertThat(process.exitCode()).hasValue(2);
    assertThat(process.lastWords()).startsWith("job 17_0 ").contains(words);
    assertThat(status().get(CELLS.trainings().getFirst()))
        .isInstanceOf(CellState.Failed.class)
        .extracting(CellState::describe)
        .asString()
        .contains(words);
  }

  /** Where processes are watched and not fenced in, the state is FAILED and the log says why. */
  @Test
  void memoryThatRanOutIsAlsoFoundInTheLog() throws IOException {
    CellProcess process = start().getFirst();
    Files.writeString(job().folder().resolve("0.node"), "n1\n");
    Files.writeString(job().folder().resolve("0.log"), "error: Exceeded job memory limit\n");
    slurm.all("FAILED", "JobLaunchFailure", "n1");
    assertThat(process.exitCode()).hasValue(2);
    assertThat(process.lastWords()).contains("memory");
  }

  @Test
  void howAProcessEndedIsInTheFolder() throws IOException {
    CellProcess process = start().getFirst();
    Files.writeString(job().folder().resolve("0.code"), "70\n");
    assertThat(process.exitCode()).as("it is queued again").isEmpty();
    slurm.all("FAILED", "NonZeroExitCode", "n1");
    assertThat(process.exitCode()).hasValue(70);
    slurm.forget();
    assertThat(process.exitCode()).as("Slurm forgets within minutes").hasValue(70);
  }

  /** Where the disk of the login node remembers that there was nothing. */
  @Test
  void whatANodeHasLeftIsLookedForAnew() throws IOException {
    folder = new GridFolder(FaultyDisk.ofNetwork().on(path));
    CellProcess process = start().getFirst();
    slurm.all("COMPLETED", "None", "n1");
    assertThat(process.exitCode()).isEmpty();
    Path place = path.resolve("jobs").resolve(job().name());
    Files.writeString(place.resolve("0.node"), "n1\n");
    Files.writeString(place.resolve("0.code"), "0\n");
    assertThat(process.exitCode()).hasValue(0);
  }

  @Test
  void whatSlurmHasForgottenIsInItsAccounts() {
    CellProcess process = start().getFirst();
    slurm.forget();
    slurm.account("17_0|TIMEOUT|n1\n17_1|CANCELLED by 1000|n1\n");
    assertThat(process.exitCode()).hasValue(2);
    assertThat(process.lastWords()).contains("time limit");
  }

  @Test
  void whatNobodyKnowsAnythingOfIsTriedAgain() {
    CellProcess process = start().getFirst();
    slurm.forget();
    assertThat(process.exitCode()).isEmpty();
    assertThat(process.exitCode()).hasValue(137);
    assertThat(process.lastWords()).contains("Slurm does not know job 17_0 any more");
  }

  @Test
  void whileSlurmDoesNotAnswerEverythingGoesOn() {
    CellProcess process = start().getFirst();
    slurm.fail("slurm_load_jobs error: Unable to contact slurm controller (connect failure)");
    assertThat(process.exitCode()).isEmpty();
    assertThat(process.exitCode()).isEmpty();
    assertThatThrownBy(this::start)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Unable to contact slurm controller");
    slurm.fail("");
    assertThat(process.exitCode()).isEmpty();
    start();
    assertThat(slurm.submitted()).hasSize(1);
  }

  @Test
  void whatWillNeverStartEndsTheRunnerAndItsJob() {
    CellProcess process = start().getFirst();
    slurm.all("PENDING", "PartitionTimeLimit", "");
    assertThat(process.exitCode()).isEmpty();
    assertThatThrownBy(process::exitCode)
        .isInstanceOf(UserError.class)
        .hasMessage("Slurm will never start job 17_0: PartitionTimeLimit");
    assertThat(slurm.cancelled()).containsExactly("--name=" + job().name());
  }

  @Test
  void aFolderThatNodesDoNotSeeIsFoundByTheFirstTaskThatLeavesNothing() {
    CellProcess process = start().getFirst();
    slurm.all("FAILED", "RaisedSignal:53(Real-time_signal_19)", "n1");
    assertThat(process.exitCode()).isEmpty();
    assertThatThrownBy(process::exitCode)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ended on node n1 before it could write to " + job().folder());
  }

  @Test
  void aRunnerThatEndsLeavesItsTasksAlone() {
    CellProcess process = start().getFirst();
    process.stop();
    assertThat(process.exitCode()).hasValue(75);
    assertThat(slurm.cancelled()).isEmpty();
  }

  @Test
  void statusJoinsWhatSlurmSays() {
    start();
    assertThat(status().values())
        .allSatisfy(state -> assertThat(state).isInstanceOf(CellState.Queued.class));
    assertThat(status().firstEntry().getValue().describe())
        .isEqualTo("in job 17_0, which waits for: Priority");
    slurm.all("RUNNING", "None", "n1");
    assertThat(status().lastEntry().getValue().describe())
        .isEqualTo("in job 17_2, which is running on n1");
  }

  @Test
  void jobsAreCancelledByTheirNames() {
    assertThat(SlurmCancel.all(folder, slurm)).isZero();
    start();
    assertThat(SlurmCancel.all(folder, slurm)).isEqualTo(3);
    assertThat(slurm.cancelled()).containsExactly("--name=" + job().name());
    slurm.all("COMPLETED", "None", "n1");
    assertThat(SlurmCancel.all(folder, slurm)).isZero();
  }

  private SequencedMap<Cell, CellState> status() {
    var states = new CellStates(folder, CELLS);
    SequencedMap<Cell, CellState> here = new LinkedHashMap<>();
    CELLS.all().forEach(cell -> here.put(cell, states.of(cell)));
    return new SlurmStates(folder, slurm).join(here);
  }

  private Job job() {
    return folder.jobs().all().getLast();
  }

  private List<CellProcess> start() {
    return start(request(null, "partition=cpu"));
  }

  private List<CellProcess> start(SlurmRequest request) {
    return launcher(request).start(GROUPS);
  }

  private SlurmLauncher launcher(SlurmRequest request) {
    return new SlurmLauncher(
        folder,
        "recall",
        new ModelCommand(path, List.of("swax", "grid", "cell", "--model")),
        request,
        slurm,
        told::add,
        Duration.ZERO);
  }

  private static SlurmRequest request(@Nullable Duration time, String... options) {
    return new SlurmRequest(2, 1, 512, time, false, List.of(options));
  }
}
