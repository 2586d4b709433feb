package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.testing.Runs;
import dev.swax.runtime.testing.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path folder;

  @Test
  void whatWasCreatedCanBeOpened() {
    Path path = folder.resolve("a/run");
    Manifest manifest;
    try (var run = create(path)) {
      manifest = run.manifest();
    }
    try (var run = RunDirectory.open(path)) {
      assertThat(run.manifest()).isEqualTo(manifest);
      assertThat(RunFiles.of(path).source()).isEqualTo("edition 1\n");
      assertThat(manifest.hashes().keySet())
          .containsExactly(
              "source", "imports", "config", "code", "data.training", "data.validation");
      run.requireSameData(new TrainingText(Texts.sums()));
    }
  }

  @Test
  void onlyWhatIsTrainedOnHasToStayTheSame() {
    try (var run = create(folder.resolve("run"))) {
      Split began = Texts.sums();
      var validatedElsewhere = new TrainingText(new Split(began.training(), began.training()));
      run.requireSameData(validatedElsewhere);
      assertThat(run.changed(validatedElsewhere)).containsExactly("data.validation");
      var trainedElsewhere = new TrainingText(new Split(began.validation(), began.validation()));
      fails(
          () -> run.requireSameData(trainedElsewhere),
          "the data has changed since the run began: data.training was %.12s, is %.12s"
              .formatted(began.training().hash(), began.validation().hash()));
    }
  }

  @Test
  void aManifestThatCannotBeReadKeepsNobodyOut() throws IOException {
    Path path = folder.resolve("run");
    create(path).close();
    Path manifest = path.resolve("manifest.json");
    String whole = Files.readString(manifest);
    Files.writeString(manifest, "{");
    assertThatThrownBy(() -> RunDirectory.open(path)).hasMessageContaining("is not JSON");
    Files.writeString(manifest, whole);
    RunDirectory.open(path).close();
  }

  /** Whose machine remembers that there was no such folder. */
  @Test
  void aProcessOfAnotherMachineJoinsARunThatWasJustCreated() throws IOException {
    Path path = folder.resolve("runs/new");
    Path elsewhere = FaultyDisk.ofNetwork().on(path);
    assertThat(Disk.isThere(elsewhere)).isFalse();
    try (var run = create(path);
        var joined = RunDirectory.join(elsewhere)) {
      assertThat(joined.manifest()).isEqualTo(run.manifest());
    }
  }

  @Test
  void aSecondOpeningInThisProcessIsRefusedToo() {
    Path path = folder.resolve("run");
    try (var run = create(path)) {
      fails(
          () -> RunDirectory.open(run.path()),
          "the run directory %s is in use by this process, %d"
              .formatted(path, ProcessHandle.current().pid()));
    }
    RunDirectory.open(path).close();
  }

  /** What cannot be looked at is not taken for free. */
  @Test
  void anExistingRunIsNotOverwrittenWhateverCallFails() throws IOException {
    Path path = folder.resolve("run");
    create(path).close();
    Path config = path.resolve("config.txt");
    Files.writeString(config, "mine");
    boolean failed = true;
    for (int call = 1; failed; call++) {
      FaultyDisk disk = FaultyDisk.failingAt(call);
      assertThatThrownBy(() -> create(disk.on(path)))
          .as("fault at call %d", call)
          .isInstanceOf(UserError.class)
          .message()
          .matches(".* already contains a run|.*: fault at call .*");
      assertThat(config).as("fault at call %d", call).hasContent("mine");
      failed = disk.hasFailed();
    }
  }

  /** It holds nothing that anybody would miss. */
  @Test
  void whatAKilledProcessHadBegunIsTakenOver() throws IOException {
    boolean killed = true;
    for (int call = 1; killed; call++) {
      Path path = folder.resolve("run" + call);
      FaultyDisk disk = FaultyDisk.killedAt(call);
      try {
        create(disk.on(path)).close();
      } catch (FaultyDisk.Killed e) {
        assertThat(disk.hasFailed()).isTrue();
      }
      killed = disk.hasFailed();
      if (!Files.exists(path.resolve("manifest.json"))) {
        create(path).close();
      }
      RunDirectory.open(path).close();
      assertThat(RunFiles.areWhole(path)).as("killed at call %d", call).isTrue();
    }
  }

  @Test
  void aFolderThatSomebodyElseFilledIsNotTakenForABegunRun() throws IOException {
    Files.createDirectory(folder.resolve("src"));
    Files.writeString(folder.resolve("config.txt"), "mine");
    fails(() -> create(folder), folder + " is not empty, and is not a run");
    Files.writeString(folder.resolve("run.lock"), "1");
    Files.writeString(folder.resolve("letter.txt"), "dear");
    fails(() -> create(folder), folder + " is not empty, and is not a run");
  }

  @Test
  void anExistingRunIsNotOverwritten() {
    Path path = folder.resolve("run");
    create(path).close();
    fails(() -> create(path), path + " already contains a run");
  }

  @Test
  void aFolderWithOtherThingsIsNotUsed() throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "dear");
    fails(() -> create(folder), folder + " is not empty, and is not a run");
    Path file = folder.resolve("letter.txt");
    fails(() -> create(file), file + " is a file, but a run directory is expected");
    fails(
        () -> RunDirectory.open(folder),
        folder + " is not a run directory: it has no manifest.json");
  }

  private static RunDirectory create(Path path) {
    return RunDirectory.create(path, Runs.description(), new TrainingText(Texts.sums()));
  }

  private static void fails(Runnable action, String message) {
    assertThatThrownBy(action::run).isInstanceOf(UserError.class).hasMessage(message);
  }
}
