package dev.swax.compiler.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {

  private static String refusal(SourceReader.Result result) {
    assertThat(result).isInstanceOf(SourceReader.Refused.class);
    return ((SourceReader.Refused) result).message();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void utf8IsRead(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.swax"), "// größe 模型 \ud83d\ude00\r\n");
    assertThat(SourceReader.read(file, "a.swax"))
        .isEqualTo(new SourceReader.Read(new SourceFile("a.swax", "// größe 模型 \ud83d\ude00\r\n")));
  }

  @Test
  void anEmptyFileIsRead(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("a.swax"));
    assertThat(SourceReader.read(file, "a.swax"))
        .isEqualTo(new SourceReader.Read(new SourceFile("a.swax", "")));
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    assertThat(refusal(SourceReader.read(folder.resolve("b.swax"), "b.swax")))
        .isEqualTo("there is no file `b.swax`");
  }

  @Test
  void aFolderIsNotAFile(@TempDir Path folder) {
    assertThat(refusal(SourceReader.read(folder, "models")))
        .isEqualTo("`models` is a folder, not a file");
  }

  @Test
  void aDeviceIsNotAFile() {
    assertThat(refusal(SourceReader.read(Path.of("/dev/zero"), "/dev/zero")))
        .isEqualTo("`/dev/zero` is not a regular file");
  }

  @Test
  void aLargeFileIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.swax"), new byte[(1 << 20) + 1]);
    assertThat(refusal(SourceReader.read(file, "a.swax")))
        .isEqualTo("`a.swax` has more than 1 MiB, which is too much for a swax file");
  }

  @Test
  void theFirstWrongByteIsNamed() {
    byte[] cut = {'a', '\n', (byte) 0xe6, (byte) 0xa8};
    assertThat(refusal(SourceReader.decode(cut, "a.swax")))
        .isEqualTo("`a.swax` is not UTF-8 text: byte 3, on line 2, is 0xe6");
  }

  @Test
  void bothOrdersOfUtf16AreRecognised() {
    for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      assertThat(refusal(SourceReader.decode("\ufeffa".getBytes(charset), "a.swax")))
          .isEqualTo("`a.swax` is UTF-16, not UTF-8 text");
    }
  }

  @Test
  void aByteOrderMarkInTheMiddleIsNoMark() {
    assertThat(SourceReader.decode(bytes("a\ufeff"), "a.swax"))
        .isInstanceOf(SourceReader.Read.class);
  }
}
