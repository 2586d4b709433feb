package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.FormatOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Much text, which two threads read. */
class TextCollectorTest {
  private static final int FILES = 40;
  private static final int LENGTH = 40_000;

  @TempDir Path folder = Path.of("");

  private final List<String> written = new ArrayList<>();

  @BeforeEach
  void writeFiles() throws IOException {
    for (int i = 0; i < FILES; i++) {
      String text = "%02d ".formatted(i).repeat(i % 7 == 3 ? 0 : LENGTH / 3);
      Files.writeString(file(i), text);
      if (!text.isEmpty()) {
        written.add("%02d.txt:".formatted(i) + text);
      }
    }
  }

  @Test
  void itIsInTheOrderOfNamesWithoutEmptyFiles() {
    assertThat(collect(Long.MAX_VALUE).texts())
        .extracting(text -> text.name() + ":" + text.text())
        .isEqualTo(written);
  }

  @Test
  void ofSeveralFaultsTheFirstIsSaid() throws IOException {
    Files.writeString(file(FILES - 1), "\0");
    saysFault(FILES - 1);
    Files.writeString(file(FILES - 2), "\0");
    saysFault(FILES - 2);
    Files.writeString(file(0), "\0");
    saysFault(0);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> collect(LENGTH * 20L))
        .isInstanceOf(TextCollector.TooLargeException.class)
        .hasMessageContaining("bytes up to `23.txt`, but 800,000 fit");
  }

  private void saysFault(int file) {
    assertThatThrownBy(() -> collect(Long.MAX_VALUE))
        .isInstanceOf(UserError.class)
        .hasMessage("`%02d.txt` is not text: byte 0 is zero", file);
  }

  private TextCollector collect(long limit) {
    try (var files = SourceFiles.find(folder, List.of("*.txt"))) {
      return TextCollector.collect(files.files(), FormatOptions.DEFAULT, limit);
    }
  }

  private Path file(int number) {
    return folder.resolve("%02d.txt".formatted(number));
  }
}
