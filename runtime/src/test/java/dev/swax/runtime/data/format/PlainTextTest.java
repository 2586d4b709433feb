package dev.swax.runtime.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  private static final FormatOptions SKIP = new FormatOptions("", "text", Malformed.SKIP);

  @Test
  void aFileIsOneDocument() {
    assertThat(BytesFile.of("a.txt", "one\ntwo").documents(FormatOptions.DEFAULT))
        .containsExactly("a.txt=one\ntwo");
    assertThat(TextFormats.isPlain("a.txt", FormatOptions.DEFAULT)).isTrue();
    assertThat(TextFormats.isPlain("a.txt.gz", FormatOptions.DEFAULT)).isFalse();
  }

  @Test
  void aLargeOneComesInPartsThatEndWithALine() throws IOException {
    assertThat(parts("one\ntwo\nthree\nfour", 10)).containsExactly("one\ntwo\n", "three\n", "four");
    assertThat(parts("aaaaaaaaaaaaaaaaaaaa", 8)).containsExactly("aaaaaaa", "aaaaaaa", "aaaaaa");
    assertThat(parts("\u00e9\u00e9\u00e9\u00e9\u20ac", 8))
        .containsExactly("\u00e9\u00e9\u00e9", "\u00e9\u20ac");
    assertThat(parts("1234567\n", 8)).containsExactly("1234567\n", "");
    assertThat(parts("", 8)).containsExactly("");
  }

  @Test
  void thePartsTellHowFarTheyHaveCome() throws IOException {
    List<Long> taken = new ArrayList<>();
    new PlainText(4)
        .read(
            BytesFile.of("a", "ab\ncd\nef"),
            FormatOptions.DEFAULT,
            record -> taken.add(record.taken()));
    assertThat(taken).containsExactly(4L, 7L, 8L);
  }

  @Test
  void theFirstBadByteIsToldInEveryPart() {
    byte[] bytes = "abcdefgh\nabcdefgh\n".getBytes(StandardCharsets.US_ASCII);
    bytes[12] = (byte) 0xff;
    var file = new BytesFile("a", bytes);
    assertThatThrownBy(() -> new PlainText(8).read(file, FormatOptions.DEFAULT, _ -> {}))
        .isInstanceOf(UserError.class)
        .hasMessage("`a` is not UTF-8: byte 12 is 0xff");
  }

  @Test
  void whatIsNoTextIsLeftOutAsAWholeAndCounted() throws IOException {
    byte[] bytes = "abcdefgh\nabcdefgh\n".getBytes(StandardCharsets.US_ASCII);
    bytes[12] = 0;
    List<TextRecord> records = new ArrayList<>();
    Skipped skipped = new PlainText(8).read(new BytesFile("a", bytes), SKIP, records::add);
    assertThat(records).isEmpty();
    assertThat(skipped.text())
        .isEqualTo("left out, because it is malformed: 1 record: not text (`a`)");
  }

  private static List<String> parts(String text, int size) throws IOException {
    List<TextRecord> records = new ArrayList<>();
    new PlainText(size).read(BytesFile.of("a", text), FormatOptions.DEFAULT, records::add);
    assertThat(records.subList(0, records.size() - 1)).noneMatch(TextRecord::end);
    assertThat(records.getLast().end()).isTrue();
    return records.stream().map(r -> new String(r.text(), StandardCharsets.UTF_8)).toList();
  }
}
