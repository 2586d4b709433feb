package dev.swax.runtime.checkpoint;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.testing.SmallParameters;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();
  private CheckpointStore store;

  @BeforeEach
  void makeStore() {
    store = new CheckpointStore(folder.resolve("checkpoints"), 2, FileOpener.disk());
  }

  @Test
  void whatWasSavedComesBack() {
    List<Parameter> saved = SmallParameters.drawn(1);
    store.save(state(1000, 77), saved, notices::add);
    assertThat(folder.resolve("checkpoints/00001000")).isDirectory();
    List<Parameter> restored = SmallParameters.drawn(2);
    var state = store.reader().restore(restored, true, notices::add).orElseThrow();
    assertThat(state).isEqualTo(state(1000, 77));
    assertThat(state.position("data")).isEqualTo(77);
    assertThat(SmallParameters.bits(restored)).isEqualTo(SmallParameters.bits(saved));
    assertThat(notices).isEmpty();
  }

  @Test
  void theSameStateGivesTheSameBytes() throws IOException {
    store.save(state(1, 5), SmallParameters.drawn(1), notices::add);
    store.save(state(2, 5), SmallParameters.drawn(1), notices::add);
    for (String name : List.of(CheckpointStore.MODEL, CheckpointStore.OPTIMIZER)) {
      assertThat(store.path(1).resolve(name)).hasSameBinaryContentAs(store.path(2).resolve(name));
    }
  }

  @Test
  void onlyTheNewestAreKept() throws IOException {
    for (int step = 1; step <= 5; step++) {
      store.save(state(step, 0), SmallParameters.drawn(step), notices::add);
    }
    assertThat(store.steps()).containsExactly(5L, 4L);
    try (var files = Files.list(folder.resolve("checkpoints"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void nothingSavedIsNothingRestored() {
    assertThat(store.reader().restore(SmallParameters.drawn(1), true, notices::add)).isEmpty();
  }

  @Test
  void anyTruncationOfAnyFileFallsBackToTheCheckpointBefore() throws IOException {
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    store.save(state(2, 22), SmallParameters.drawn(2), notices::add);
    List<Integer> before = SmallParameters.bits(SmallParameters.drawn(1));
    for (String name :
        List.of(CheckpointStore.MODEL, CheckpointStore.OPTIMIZER, CheckpointStore.STATE)) {
      Path file = store.path(2).resolve(name);
      byte[] whole = Files.readAllBytes(file);
      int meaningful = name.equals(CheckpointStore.STATE) ? whole.length - 1 : whole.length;
      for (int length = 0; length < meaningful; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        List<Parameter> restored = SmallParameters.drawn(3);
        var state = store.reader().restore(restored, true, notices::add).orElseThrow();
        assertThat(state).as("%s cut to %d", name, length).isEqualTo(state(1, 11));
        assertThat(SmallParameters.bits(restored)).isEqualTo(before);
        assertThat(notices)
            .singleElement()
            .asString()
            .startsWith("checkpoint 00000002 is damaged (" + name)
            .endsWith("trying the one before it");
        notices.clear();
      }
      Files.write(file, whole);
    }
    assertThat(store.reader().restore(SmallParameters.drawn(3), true, notices::add))
        .contains(state(2, 22));
  }

  @Test
  void anyChangedByteIsNoticed() throws IOException {
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    store.save(state(2, 22), SmallParameters.drawn(2), notices::add);
    for (String name :
        List.of(CheckpointStore.MODEL, CheckpointStore.OPTIMIZER, CheckpointStore.STATE)) {
      Path file = store.path(2).resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at++) {
        byte[] changed = whole.clone();
        changed[at] ^= 1;
        Files.write(file, changed);
        var state =
            store.reader().restore(SmallParameters.drawn(3), true, notices::add).orElseThrow();
        boolean blank = Character.isWhitespace(whole[at]) && name.equals(CheckpointStore.STATE);
        if (!blank) {
          assertThat(state).as("%s at %d", name, at).isEqualTo(state(1, 11));
        }
      }
      Files.write(file, whole);
    }
  }

  /** As those are that earlier versions wrote. */
  @Test
  void momentsMayHaveTheHashOfAllTheirBytes() throws Exception {
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    store.save(state(2, 22), SmallParameters.drawn(2), notices::add);
    var hashes = new LinkedHashMap<String, String>();
    for (String name : List.of(CheckpointStore.MODEL, CheckpointStore.OPTIMIZER)) {
      byte[] bytes = Files.readAllBytes(store.path(2).resolve(name));
      hashes.put(name, HexFormat.of().formatHex(Hashes.sha256().digest(bytes)));
    }
    Path file = store.path(2).resolve(CheckpointStore.STATE);
    byte[] state = new StateFile(state(2, 22), hashes).toBytes();
    assertThat(Files.readString(file))
        .contains(hashes.getOrDefault(CheckpointStore.MODEL, "none"), "\"pieces:")
        .isNotEqualTo(new String(state, StandardCharsets.UTF_8));
    Files.write(file, state);
    assertThat(store.reader().restore(SmallParameters.drawn(3), true, notices::add))
        .contains(state(2, 22));
    Files.write(store.path(2).resolve(CheckpointStore.OPTIMIZER), new byte[] {0}, APPEND);
    assertThat(store.reader().restore(SmallParameters.drawn(3), true, notices::add))
        .contains(state(1, 11));
  }

  @Test
  void aMissingFileIsATornCheckpoint() throws IOException {
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    store.save(state(2, 22), SmallParameters.drawn(2), notices::add);
    Files.delete(store.path(2).resolve(CheckpointStore.OPTIMIZER));
    assertThat(store.reader().restore(SmallParameters.drawn(3), true, notices::add))
        .contains(state(1, 11));
    assertThat(notices)
        .containsExactly(
            "checkpoint 00000002 is damaged (optim.safetensors is missing); trying the one before it");
  }

  @Test
  void whereAllAreTornThatIsSaid() throws IOException {
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    Files.writeString(store.path(1).resolve(CheckpointStore.STATE), "{}");
    assertThatThrownBy(() -> store.reader().restore(SmallParameters.drawn(3), true, notices::add))
        .isInstanceOf(UserError.class)
        .hasMessage("no complete checkpoint in " + folder.resolve("checkpoints") + " (damaged: 1)");
  }

  @Test
  void aStateThatNamesOtherFilesIsDamaged() throws IOException {
    for (List<String> names :
        List.<List<String>>of(
            List.of(),
            List.of(CheckpointStore.OPTIMIZER),
            List.of(CheckpointStore.MODEL, "/dev/zero"),
            List.of(CheckpointStore.MODEL, CheckpointStore.OPTIMIZER, "../other"))) {
      store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
      var hashes = new LinkedHashMap<String, String>();
      names.forEach(name -> hashes.put(name, "00"));
      byte[] altered = new StateFile(state(1, 11), hashes).toBytes();
      Files.write(store.path(1).resolve(CheckpointStore.STATE), altered);
      assertThatThrownBy(() -> store.reader().restore(SmallParameters.drawn(3), true, notices::add))
          .isInstanceOf(UserError.class)
          .hasMessageEndingWith("(damaged: 1)");
      assertThat(notices.removeFirst()).contains("damaged (state.json: it names the files [");
    }
  }

  @Test
  void aTornCheckpointIsReplacedWhenItsStepIsSavedAgain() throws IOException {
    store.save(state(2, 22), SmallParameters.drawn(2), notices::add);
    Files.writeString(store.path(2).resolve(CheckpointStore.STATE), "{}");
    store.save(state(2, 22), SmallParameters.drawn(2), notices::add);
    assertThat(store.reader().restore(SmallParameters.drawn(3), true, notices::add))
        .contains(state(2, 22));
  }

  @Test
  void anInterruptedSaveLeavesNothingThatCounts() throws IOException {
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    Path leftover = folder.resolve("checkpoints/.00000002.new");
    Files.createDirectories(leftover);
    Files.writeString(leftover.resolve(CheckpointStore.MODEL), "half");
    assertThat(store.steps()).containsExactly(1L);
    store.removeLeftovers(notices::add);
    assertThat(leftover).doesNotExist();
    store.save(state(2, 22), SmallParameters.drawn(2), notices::add);
    assertThat(store.steps()).containsExactly(2L, 1L);
  }

  @Test
  void aFullDiskKeepsTheCheckpointBefore() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full here");
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    for (String name :
        List.of(CheckpointStore.MODEL, CheckpointStore.OPTIMIZER, CheckpointStore.STATE)) {
      FileOpener opener =
          path ->
              path.endsWith(name)
                  ? FileChannel.open(full, StandardOpenOption.WRITE)
                  : FileOpener.disk().open(path);
      var onFullDisk = new CheckpointStore(folder.resolve("checkpoints"), 1, opener);
      assertThatThrownBy(
              () -> onFullDisk.save(state(2, 22), SmallParameters.drawn(2), notices::add))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(
              "cannot save checkpoint "
                  + folder.resolve("checkpoints/00000002")
                  + ": No space left on device (")
          .hasMessageEndingWith("MiB free); checkpoint 00000001 is kept");
      assertThat(folder.resolve("checkpoints").toFile().list()).containsExactly("00000001");
      assertThat(store.reader().restore(SmallParameters.drawn(3), true, notices::add))
          .contains(state(1, 11));
    }
  }

  @Test
  void aCheckpointOfAnotherModelIsRefused() {
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    List<Parameter> other = List.of(SmallParameters.parameter("head", 4, 3));
    assertThatThrownBy(() -> store.reader().restore(other, true, notices::add))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("00000001/model.safetensors is of another model: ")
        .hasMessageEndingWith("`head` is [4, 3] in the model, but [3, 2] in the checkpoint");
  }

  @Test
  void nanIsNeitherSavedNorRead() throws IOException {
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    List<Parameter> bad = SmallParameters.drawn(2);
    bad.getLast().value().set(3, Float.NaN);
    assertThatThrownBy(() -> store.save(state(2, 22), bad, notices::add))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "step 2: `head` holds NaN at [1, 1], so it was not saved; checkpoint 00000001 is kept");
    Path file = folder.resolve("nan.safetensors");
    Safetensors.write(file, ModelTensors.weights(bad), FileOpener.disk());
    assertThatThrownBy(() -> CheckpointReader.readWeights(file, SmallParameters.drawn(1)))
        .isInstanceOf(UserError.class)
        .hasMessage(file + " is not usable: `head` holds NaN at [1, 1]");
  }

  @Test
  void weightsAloneCanBeRead() {
    store.save(state(1, 11), SmallParameters.drawn(1), notices::add);
    List<Parameter> restored = SmallParameters.drawn(3);
    CheckpointReader.readWeights(store.path(1).resolve(CheckpointStore.MODEL), restored);
    assertThat(SmallParameters.bits(restored).subList(0, 4))
        .isEqualTo(SmallParameters.bits(SmallParameters.drawn(1)).subList(0, 4));
    Path missing = folder.resolve("none");
    assertThatThrownBy(() -> CheckpointReader.readWeights(missing, restored))
        .hasMessage("`" + missing + "` does not exist");
  }

  private static TrainingState state(long step, long data) {
    return new TrainingState(step, new LinkedHashMap<>(Map.of("data", data)));
  }
}
