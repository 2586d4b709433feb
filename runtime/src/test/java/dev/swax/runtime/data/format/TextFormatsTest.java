package dev.swax.runtime.data.format;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextFormatsTest {
  private static final TextFormats WITHOUT_LIBRARIES =
      new TextFormats(List.of(new PlainText(), new JsonLinesText()), List.of(new Gzip()));

  @Test
  void whatNeedsALibraryThatIsNotThereIsSaid() {
    refused("a.jsonl.zst", "", "`a.jsonl.zst` is packed with zstd, which this");
    refused("a.parquet", "", "`a.parquet` is a Parquet file, which this");
    refused("a.parquet.gz", "", "`a.parquet.gz` is a Parquet file, which this");
    refused("a.bin", "parquet", "`a.bin` is a Parquet file, which this");
  }

  @Test
  void aCompressionThatIsNotReadIsNamed() {
    for (String name : List.of("a.jsonl.lz4 lz4", "a.txt.br brotli", "a.xz xz", "b.bz2 bzip2")) {
      String[] words = name.split(" ");
      assertThatThrownBy(
              () -> TextFormats.read(BytesFile.of(words[0], "x"), FormatOptions.DEFAULT, _ -> {}))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "`%s` is packed with %s, which swax does not read".formatted(words[0], words[1]));
    }
  }

  private static void refused(String name, String format, String message) {
    var options = new FormatOptions(format, "text", Malformed.ERROR);
    assertThatThrownBy(() -> WITHOUT_LIBRARIES.readAll(BytesFile.of(name, ""), options, _ -> {}))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith("installation cannot read: it lacks the module `formats`");
  }
}
