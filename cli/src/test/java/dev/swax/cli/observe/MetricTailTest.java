package dev.swax.cli.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricTailTest {
  @TempDir private Path folder;

  private final List<String> lines = new ArrayList<>();

  private void read(MetricTail tail) throws IOException {
    boolean more = true;
    while (more) {
      more = tail.read(lines::clear, lines::add);
    }
  }

  @Test
  void onlyWhatIsNewIsReadAndOnlyWholeLines() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    var tail = new MetricTail(file);
    read(tail);
    assertThat(lines).isEmpty();
    Files.writeString(file, "one\ntwo\nthr");
    read(tail);
    assertThat(lines).containsExactly("one", "two");
    lines.clear();
    Files.writeString(file, "ee\nfour\n", StandardOpenOption.APPEND);
    read(tail);
    assertThat(lines).containsExactly("three", "four");
  }

  @Test
  void aFileThatWasCutBackIsReadAgain() throws IOException {
    Path file = Files.writeString(folder.resolve("metrics.jsonl"), "one\ntwo\n");
    var tail = new MetricTail(file);
    read(tail);
    NewFile.write(file, "one\nnew and longer than before\n");
    read(tail);
    assertThat(lines).containsExactly("one", "new and longer than before");
    Files.writeString(file, "one\n");
    read(tail);
    assertThat(lines).containsExactly("one");
    Files.delete(file);
    read(tail);
    assertThat(lines).isEmpty();
  }

  @Test
  void linesAcrossBlocksAreWhole() throws IOException {
    String line = "x".repeat(99_999);
    Path file = Files.writeString(folder.resolve("metrics.jsonl"), (line + "\n").repeat(40));
    read(new MetricTail(file));
    assertThat(lines).hasSize(40).allMatch(line::equals);
  }

  @Test
  void aFolderInItsPlaceIsNoFile() throws IOException {
    Path file = Files.createDirectory(folder.resolve("metrics.jsonl"));
    assertThatThrownBy(() -> read(new MetricTail(file))).hasMessageContaining("it is a folder");
  }
}
