package dev.swax.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.Malformed;
import dev.swax.runtime.data.format.Skipped;
import dev.swax.runtime.data.format.TextFormats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The samples were written by pyarrow, each with another encoding and compression, and hold the
 * same texts; the fourth is null.
 */
class ParquetTextTest {
  private static final FormatOptions SKIP = new FormatOptions("", "text", Malformed.SKIP);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"snappy_dictionary", "zstd_plain", "gzip_delta", "uncompressed"})
  void eachRowIsADocument(String name) throws IOException {
    Sample sample = Sample.of(name + ".parquet");
    List<String> texts =
        List.of(
            "1=one",
            "3=zwei \u00fc\u20ac\ud83d\ude00\nline",
            "5=one",
            "6=" + "x".repeat(40),
            "7=one");
    assertThat(sample.documents(SKIP)).isEqualTo(texts);
    assertThat(sample.in(folder).documents(SKIP)).isEqualTo(texts);
  }

  @Test
  void rowsTellHowFarTheyHaveCome() throws IOException {
    Sample sample = Sample.of("zstd_plain.parquet").in(folder);
    List<Long> taken = new ArrayList<>();
    TextFormats.read(sample, SKIP, record -> taken.add(record.taken()));
    assertThat(taken).isSorted().endsWith(sample.bytes());
  }

  @Test
  void aRowWithoutTextIsMalformed() {
    Sample sample = Sample.of("uncompressed.parquet");
    refused(sample, "`uncompressed.parquet:4`: its `text` is null");
    Sample binary = Sample.of("binary.parquet");
    refused(binary, "`binary.parquet:1`: its `text` is not UTF-8");
    Skipped skipped = TextFormats.read(binary, SKIP, _ -> {});
    assertThat(skipped.text())
        .isEqualTo(
            "left out, because they are malformed: 2 records: `text` is not UTF-8 (`binary.parquet:1`);"
                + " `text` has a character zero (`binary.parquet:2`)");
  }

  @Test
  void aColumnThatIsNotThereOrHoldsNoText() {
    Sample sample = Sample.of("uncompressed.parquet");
    String has = "; it has `id` (int64), `text` (text), `tags` (a list)";
    refused(sample, "body", "`uncompressed.parquet` has no column `body`" + has);
    refused(
        sample,
        "id",
        "the column `id` of `uncompressed.parquet` is int64, but text is expected" + has);
    refused(
        sample,
        "tags",
        "the column `tags` of `uncompressed.parquet` is a list, but text is expected" + has);
  }

  @Test
  void aPointInAFieldLeadsIntoAGroup() {
    Sample sample = Sample.of("nested.parquet");
    assertThat(sample.documents(new FormatOptions("", "message.text", Malformed.SKIP)))
        .containsExactly("1=one", "2=zwei");
    refused(sample, "message.text", "`nested.parquet:3`: its `message.text` is null");
    String has = "; it has `id` (int64), `message` (a group)";
    refused(sample, "message.body", "`nested.parquet` has no column `message.body`" + has);
    refused(
        sample,
        "message",
        "the column `message` of `nested.parquet` is a group, but text is expected" + has);
  }

  @Test
  void whatIsNoParquetFileIsSaid() {
    byte[] bytes = Sample.of("zstd_plain.parquet").content();
    refused(
        Sample.of("a.parquet", new byte[0]),
        "`a.parquet` is empty, but a Parquet file has at least a description");
    refused(
        Sample.of("a.parquet", "{\"text\":\"a\"}\n".getBytes(UTF_8)),
        "`a.parquet` is no Parquet file: it does not begin with PAR1");
    refused(
        Sample.of("a.parquet", Arrays.copyOf(bytes, bytes.length - 9)),
        "`a.parquet` is cut off: a Parquet file ends with PAR1, this one does not");
    refused(
        Sample.of("brotli.parquet"),
        "`brotli.parquet` is packed with brotli, which swax does not read");
    refused(
        Sample.of("lz4.parquet"), "`lz4.parquet` is packed with lz4_raw, which swax does not read");
    refused(Sample.of("two_columns.parquet"), "`two_columns.parquet` has 2 columns called `text`");
    assertThat(Sample.of("no_rows.parquet").documents()).isEmpty();
  }

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(strings = {"snappy_dictionary", "zstd_plain", "gzip_delta"})
  void aChangedByteIsNeverMoreThanAMessage(String name) {
    byte[] bytes = Sample.of(name + ".parquet").content();
    for (int i = 0; i < bytes.length; i += 3) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) (i % 2 == 0 ? 0xFF : 0x01);
      try {
        Sample.of("a.parquet", changed).documents(SKIP);
      } catch (UserError e) {
        assertThat(e).hasMessageContaining("`a.parquet`");
      }
    }
  }

  private static void refused(Sample sample, String message) {
    refused(sample, "text", message);
  }

  private static void refused(Sample sample, String field, String message) {
    assertThatThrownBy(() -> sample.documents(new FormatOptions("", field, Malformed.ERROR)))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }
}
