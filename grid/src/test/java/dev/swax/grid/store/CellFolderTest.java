package dev.swax.grid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a cell. */
class CellFolderTest {
  private static final Outcome NOTHING_MEASURED = new Outcome(new LinkedHashMap<>(), 1, 2);
  private static final Outcome MEASURED =
      new Outcome(new LinkedHashMap<>(Map.of("accuracy", new Outcome.Metric(0.5, 10, 0.1))), 1, 2);

  @TempDir Path folder = Path.of("");

  private CellFolder cell() {
    return new GridFolder(folder).cell("cell");
  }

  private Path result() throws IOException {
    return Files.createDirectories(cell().path()).resolve("result.json");
  }

  @Test
  void aResultIsReadAsItWasKept() throws IOException {
    var metrics = new LinkedHashMap<String, Outcome.Metric>();
    metrics.put("accuracy", new Outcome.Metric(0.5, 10, 0.1));
    cell().finish(new Outcome(metrics, 1, 2));
    assertThat(cell().isFinished()).isTrue();
    assertThat(cell().findOutcome()).contains(new Outcome(metrics, 1, 2));
    try (Stream<Path> files = Files.list(cell().path())) {
      assertThat(files).containsExactly(result());
    }
  }

  /** Though its machine remembers that there was no result. */
  @Test
  void whoeverClaimsACellSeesWhatAnotherMachineHasJustKept() {
    CellFolder elsewhere = new GridFolder(FaultyDisk.ofNetwork().on(folder)).cell("cell");
    assertThat(elsewhere.isFinished()).isFalse();
    cell().finish(MEASURED);
    try (Claim _ = elsewhere.claim(Owner.current()).orElseThrow()) {
      assertThat(elsewhere.findOutcome()).contains(MEASURED);
    }
  }

  @Test
  void anEmptyFileIsNoResult() throws IOException {
    Files.writeString(result(), "");
    assertThat(cell().isFinished()).isFalse();
    assertThat(cell().findOutcome()).isEmpty();
    assertThat(cell().findDamage()).contains("result.json is damaged: it is empty");
    cell().finish(NOTHING_MEASURED);
    assertThat(cell().isFinished()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.75",
        "0.5000001",
        "1e999",
        "\"x\"",
        "null",
        "true",
        "[]",
        "\"NaN\"",
        "\"Infinity\"",
        "",
      })
  void anEditedValueIsNoResult(String value) throws IOException {
    cell().finish(MEASURED);
    String text = Files.readString(result());
    Files.writeString(result(), text.replace("\"value\" : 0.5", "\"value\" : " + value));
    assertThat(cell().isFinished()).isFalse();
    assertThat(cell().findOutcome()).isEmpty();
    assertThat(cell().findDamage().orElseThrow())
        .startsWith("result.json is damaged: ")
        .doesNotContain("Unexpected", "token", "Source", "JsonParser");
    cell().finish(MEASURED);
    assertThat(cell().findDamage()).isEmpty();
  }

  @Test
  void noByteCanBeAnother() throws IOException {
    cell().finish(MEASURED);
    byte[] whole = Files.readAllBytes(result());
    for (int at = 0; at < whole.length; at++) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 1;
      Files.write(result(), bytes);
      Optional<Outcome> found = cell().findOutcome();
      assertThat(found.isEmpty() || found.get().equals(MEASURED)).as("byte %d", at).isTrue();
    }
  }

  @Test
  void thatOfAnotherCellIsNone() throws IOException {
    CellFolder other = new GridFolder(folder).cell("other");
    other.finish(MEASURED);
    Files.copy(other.path().resolve("result.json"), result());
    assertThat(cell().findDamage())
        .contains("result.json is damaged: it is that of another cell, `other`");
  }

  @Test
  void whatIsNoNumberIsKept() {
    var metrics = new LinkedHashMap<String, Outcome.Metric>();
    metrics.put("loss", new Outcome.Metric(Double.NaN, 1, Double.POSITIVE_INFINITY));
    cell().finish(new Outcome(metrics, 1, 2));
    assertThat(cell().findOutcome()).contains(new Outcome(metrics, 1, 2));
  }

  /** A run that cannot be looked at is there, and not to be begun anew. */
  @Test
  void aRunThatCannotBeSeenIsNotAbsent() throws IOException {
    assertThat(cell().hasRun()).isFalse();
    Files.createDirectories(cell().run());
    Files.writeString(cell().run().resolve("manifest.json"), "{}");
    assertThat(cell().hasRun()).isTrue();
    CellFolder failing = new GridFolder(FaultyDisk.failingAt(1).on(folder)).cell("cell");
    assertThatThrownBy(failing::hasRun)
        .isInstanceOf(UserError.class)
        .hasMessageMatching("cannot look into .*run: fault at call 1");
  }

  @Test
  void damagedDescriptionsAndFailuresStopNobody() throws IOException {
    Files.writeString(Files.createDirectories(cell().path()).resolve("cell.json"), "{\"what\":");
    Files.writeString(cell().path().resolve("failure.json"), "[1,");
    assertThat(cell().findDescription()).isEmpty();
    assertThat(cell().findFailure().orElseThrow().message())
        .isEqualTo("failure.json is damaged: it is not JSON, from line 1, column 4");
    var description = new CellFolder.Description("ppl", "SWAX", 1, new LinkedHashMap<>());
    cell().describe(description);
    assertThat(cell().findDescription()).contains(description);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void filesHaveThePermissionsOfNewFiles() throws IOException {
    Path usual = Files.writeString(folder.resolve("usual"), "");
    cell().finish(NOTHING_MEASURED);
    assertThat(Files.getPosixFilePermissions(result()))
        .isEqualTo(Files.getPosixFilePermissions(usual));
    try (Claim claim = cell().claim(Owner.current()).orElseThrow()) {
      assertThat(claim.isHeld()).isTrue();
      assertThat(Files.getPosixFilePermissions(cell().path().resolve("claim")))
          .isEqualTo(Files.getPosixFilePermissions(usual));
    }
  }
}
