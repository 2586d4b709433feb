package dev.swax.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.testing.SmallParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints while calls to the disk fail, processes are killed, and others read. */
class CheckpointFaultTest {
  @TempDir Path folder = Path.of("");
  private final List<String> notices = new ArrayList<>();

  private CheckpointStore store(int keep) {
    return new CheckpointStore(
        FaultyDisk.sound().on(folder.resolve("checkpoints")), keep, FileOpener.disk());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whateverCallOfASaveFailsACheckpointIsLeft(boolean kill) throws IOException {
    boolean failed = true;
    for (int call = 1; failed; call++) {
      Disk.deleteTree(folder.resolve("checkpoints"));
      save(store(1), 1);
      FaultyDisk disk = kill ? FaultyDisk.killedAt(call) : FaultyDisk.failingAt(call);
      boolean saved = tryToSave(disk, 2);
      failed = disk.hasFailed();
      assertThat(restored(true)).as("fault at call %d", call).isIn(1L, 2L);
      if (saved) {
        assertThat(restored(true)).as("fault at call %d", call).isEqualTo(2);
      }
      save(store(1), 3);
      store(1).removeLeftovers(notices::add);
      assertThat(files()).as("after a fault at call %d", call).containsExactly("00000003");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSameWhereATornOneIsReplaced(boolean kill) throws IOException {
    boolean failed = true;
    for (int call = 1; failed; call++) {
      Disk.deleteTree(folder.resolve("checkpoints"));
      save(store(2), 1);
      save(store(2), 2);
      Files.writeString(store(1).path(2).resolve(CheckpointStore.STATE), "{}");
      FaultyDisk disk = kill ? FaultyDisk.killedAt(call) : FaultyDisk.failingAt(call);
      boolean saved = tryToSave(disk, 2);
      failed = disk.hasFailed();
      assertThat(restored(true)).as("fault at call %d", call).isEqualTo(saved ? 2 : restored(true));
    }
  }

  private boolean tryToSave(FaultyDisk disk, long step) {
    var faulty = new CheckpointStore(disk.on(folder.resolve("checkpoints")), 1, FileOpener.disk());
    try {
      save(faulty, step);
      return true;
    } catch (UserError | FaultyDisk.Killed e) {
      return false;
    }
  }

  /** A disk that fails for a moment is no reason to begin again, or from an older checkpoint. */
  @Test
  void whateverCallOfARestoreFailsTheNewestIsReadOrTheFileIsNamed() {
    save(store(2), 1);
    save(store(2), 2);
    boolean failed = true;
    for (int call = 1; failed; call++) {
      FaultyDisk disk = FaultyDisk.failingAt(call);
      var faulty =
          new CheckpointStore(disk.on(folder.resolve("checkpoints")), 2, FileOpener.disk());
      try {
        assertThat(restored(faulty, true)).as("fault at call %d", call).isEqualTo(2);
      } catch (UserError e) {
        assertThat(e)
            .as("fault at call %d", call)
            .hasMessageMatching(
                "cannot (read the folder .*checkpoints|read .*00000002/[a-z]+\\.[a-z]+): fault at call .*");
      }
      assertThat(notices).as("fault at call %d", call).isEmpty();
      failed = disk.hasFailed();
    }
  }

  @Test
  void aTornLaterCheckpointDoesNotPushOutTheOnesThatAreWhole() throws IOException {
    save(store(2), 1);
    save(store(2), 5);
    Files.writeString(store(1).path(5).resolve(CheckpointStore.STATE), "{}");
    save(store(1), 2);
    assertThat(restored(true)).isEqualTo(2);
    save(store(1), 6);
    assertThat(files()).containsExactly("00000006");
  }

  @Test
  void weightsAreReadWithoutTheOptimizersFile() throws IOException {
    save(store(2), 1);
    save(store(2), 2);
    Files.delete(store(2).path(2).resolve(CheckpointStore.OPTIMIZER));
    assertThat(restored(false)).isEqualTo(2);
    assertThat(notices).isEmpty();
    assertThat(restored(true)).isEqualTo(1);
  }

  @Test
  void aCheckpointThatDisappearsWhileItIsReadIsLookedForAgain() throws IOException {
    save(store(1), 1);
    for (int call = 1; call < 40; call++) {
      long next = call + 1L;
      FaultyDisk disk = FaultyDisk.doingAt(call, () -> save(store(1), next));
      var reader =
          new CheckpointStore(disk.on(folder.resolve("checkpoints")), 1, FileOpener.disk());
      assertThat(restored(reader, false)).as("replaced at call %d", call).isIn(next - 1, next);
      assertThat(notices).isEmpty();
      if (!disk.hasFailed()) {
        return;
      }
    }
    throw new AssertionError("a checkpoint is read with fewer calls");
  }

  @Test
  void aFolderInAFilesPlaceMakesThatCheckpointUnusableOnly() throws IOException {
    save(store(3), 1);
    save(store(3), 2);
    Files.delete(store(3).path(2).resolve(CheckpointStore.MODEL));
    Files.createDirectory(store(3).path(2).resolve(CheckpointStore.MODEL));
    Files.writeString(store(3).path(3), "a file in a folder's place");
    assertThat(restored(true)).isEqualTo(1);
    assertThat(notices)
        .containsExactly(
            "checkpoint 00000003 is damaged (state.json is missing); trying the one before it",
            "checkpoint 00000002 is damaged (model.safetensors: it is a folder); trying the one before"
                + " it");
    save(store(3), 2);
    save(store(3), 3);
    assertThat(restored(true)).isEqualTo(3);
  }

  @Test
  void anOldCheckpointThatCannotBeRemovedIsAWarning() throws IOException {
    save(store(1), 1);
    boolean warned = false;
    boolean failed = true;
    for (int call = 1; failed; call++) {
      notices.clear();
      FaultyDisk disk = FaultyDisk.failingAt(call);
      boolean saved = tryToSave(disk, call + 1);
      failed = disk.hasFailed();
      if (saved) {
        warned |= !notices.isEmpty();
        assertThat(notices).allMatch(notice -> notice.startsWith("warning: cannot remove "));
      }
    }
    assertThat(warned).isTrue();
  }

  private void save(CheckpointStore store, long step) {
    store.save(state(step), SmallParameters.drawn(step), notices::add);
  }

  /** The step that is read; the weights, and moments where wanted, are its. */
  private long restored(boolean moments) {
    return restored(store(1), moments);
  }

  private long restored(CheckpointStore store, boolean moments) {
    List<Parameter> parameters = SmallParameters.drawn(99);
    long step = store.reader().restore(parameters, moments, notices::add).orElseThrow().step();
    List<Integer> expected = SmallParameters.bits(SmallParameters.drawn(step));
    List<Integer> bits = SmallParameters.bits(parameters);
    assertThat(bits.subList(0, 4)).isEqualTo(expected.subList(0, 4));
    if (moments) {
      assertThat(bits).isEqualTo(expected);
    }
    return step;
  }

  private static TrainingState state(long step) {
    return new TrainingState(step, new LinkedHashMap<>(Map.of("data", step)));
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder.resolve("checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
