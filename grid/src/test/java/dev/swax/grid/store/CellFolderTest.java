package dev.swax.grid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a cell. */
class CellFolderTest {
  private static final Outcome NOTHING_MEASURED = new Outcome(new LinkedHashMap<>(), 1, 2);

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

  @Test
  void anEmptyFileIsNoResult() throws IOException {
    Files.writeString(result(), "");
    assertThat(cell().isFinished()).isFalse();
    assertThat(cell().findOutcome()).isEmpty();
    cell().finish(NOTHING_MEASURED);
    assertThat(cell().isFinished()).isTrue();
  }

  @Test
  void aFileWithoutTheFieldsOfAResultIsRefused() throws IOException {
    Files.writeString(result(), "{\"metrics\": {}}");
    assertThatThrownBy(() -> cell().findOutcome())
        .isInstanceOf(UserError.class)
        .hasMessage("%s is no result: it has no `seconds`".formatted(result()));
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
