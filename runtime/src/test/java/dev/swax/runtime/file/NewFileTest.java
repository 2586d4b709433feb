package dev.swax.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.faultydisk.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are replaced, whatever happens. */
class NewFileTest {
  private static final String OLD = "old text\n".repeat(20);
  private static final String NEW = "new text\n".repeat(30);

  @TempDir Path folder = Path.of("");

  @Test
  void aFileIsMadeOrReplacedAndNothingElseStays() throws IOException {
    Path file = folder.resolve("a.swax");
    NewFile.write(file, OLD);
    assertThat(file).hasContent(OLD);
    NewFile.write(file, NEW);
    assertThat(file).hasContent(NEW);
    assertThat(files()).containsExactly("a.swax");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whateverCallFailsTheFileIsOldOrNew(boolean kill) throws IOException {
    Path file = folder.resolve("a.swax");
    Files.writeString(folder.resolve(".a.swax.new"), "somebody's");
    boolean failed = true;
    for (int call = 1; failed; call++) {
      Files.writeString(file, OLD);
      FaultyDisk disk = kill ? FaultyDisk.killedAt(call) : FaultyDisk.failingAt(call);
      boolean ended = tryToWrite(disk.on(file));
      failed = disk.hasFailed();
      assertThat(Files.readString(file)).as("fault at call %d", call).isIn(OLD, NEW);
      if (ended) {
        assertThat(file).hasContent(NEW);
      }
      for (String name : files()) {
        boolean known = name.equals("a.swax") || name.equals(".a.swax.new");
        assertThat(known || (kill && NewFile.isLeftover(Path.of(name))))
            .as("%s after a fault at call %d", name, call)
            .isTrue();
      }
    }
    assertThat(file).as("in the end nothing failed").hasContent(NEW);
    assertThat(folder.resolve(".a.swax.new")).hasContent("somebody's");
  }

  private static boolean tryToWrite(Path file) {
    try {
      NewFile.write(file, NEW);
      return true;
    } catch (IOException | FaultyDisk.Killed e) {
      return false;
    }
  }

  @Test
  void theLongestNameWillDo() throws IOException {
    Path file = folder.resolve("n".repeat(255));
    NewFile.write(file, OLD);
    NewFile.write(file, NEW);
    assertThat(file).hasContent(NEW);
  }

  @Test
  void whatIsNoFileStaysWhatItIs() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("a.swax"));
    assertThatThrownBy(() -> NewFile.write(taken, NEW)).isInstanceOf(IOException.class);
    assertThat(taken).isEmptyDirectory();
    assertThat(files()).containsExactly("a.swax");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void permissionsAndLinksStay() throws IOException {
    Path file = Files.writeString(folder.resolve("a.swax"), OLD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr----x"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a.swax"));
    NewFile.write(link, NEW);
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent(NEW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwxr----x");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
