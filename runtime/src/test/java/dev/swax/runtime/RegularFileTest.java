package dev.swax.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class RegularFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadAndSoIsALinkToOne() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "größe");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);
    assertThat(RegularFile.text(file)).isEqualTo("größe");
    assertThat(RegularFile.text(link)).isEqualTo("größe");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeAndADeviceAreRefusedAtOnce() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    refuses(pipe, "it is a pipe or a device, not a file");
    refuses(Path.of("/dev/zero"), "it is a pipe or a device, not a file");
    refuses(folder, "it is a folder");
  }

  @Test
  void noMoreThanIsAllowedIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("long.txt"), "12345678");
    assertThat(RegularFile.text(file, 8)).isEqualTo("12345678");
    assertThatThrownBy(() -> RegularFile.text(file, 7))
        .isInstanceOf(IOException.class)
        .satisfies(
            e -> assertThat(Reasons.of((IOException) e)).isEqualTo("it holds more than 7 bytes"));
  }

  @Test
  void theEndIsThatBehindAPlaceAndNoLongerThanAllowed() throws IOException {
    Path file = Files.writeString(folder.resolve("log.txt"), "0123456789");
    assertThat(RegularFile.end(file, 0, 3)).isEqualTo("789");
    assertThat(RegularFile.end(file, 9, 3)).isEqualTo("9");
    assertThat(RegularFile.end(file, 20, 3)).isEmpty();
    assertThat(RegularFile.end(file, 0, 99)).isEqualTo("0123456789");
  }

  @Test
  void textIsUtf8() throws IOException {
    Path file = Files.write(folder.resolve("latin.txt"), "a\u00e9b".getBytes(ISO_8859_1));
    refuses(file, "it is not UTF-8: byte 1 is 0xe9");
  }

  @Test
  void whatIsNotThereIsThatKindOfFault() {
    assertThatThrownBy(() -> RegularFile.text(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static void refuses(Path path, String reason) {
    assertThatThrownBy(() -> RegularFile.text(path))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(Reasons.of((IOException) e)).isEqualTo(reason));
  }
}
