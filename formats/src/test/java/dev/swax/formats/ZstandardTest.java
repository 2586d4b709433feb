package dev.swax.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.TextFormats;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The sample has two frames of the command {@code zstd}; a line begins in the first. */
class ZstandardTest {
  private static final Sample TWO = Sample.of("two_frames.jsonl.zst");

  @Test
  void framesAreReadOneBehindTheOther() {
    assertThat(TWO.documents()).containsExactly("1=one", "2=two");
  }

  @Test
  void whereverItIsCutOffIsSaid() {
    byte[] bytes = TWO.content();
    for (int length = 0; length < bytes.length; length++) {
      var cut = Sample.of("a.jsonl.zst", Arrays.copyOf(bytes, length));
      assertThatThrownBy(cut::documents)
          .as("%d", length)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("`a.jsonl.zst");
    }
    assertThatThrownBy(() -> Sample.of("a.jsonl.zst", Arrays.copyOf(bytes, 20)).documents())
        .hasMessage("`a.jsonl.zst` cannot be unpacked: it is cut off: its last bytes are missing");
    assertThatThrownBy(() -> Sample.of("a.jsonl.zst", new byte[0]).documents())
        .hasMessage(
            "`a.jsonl.zst` cannot be unpacked: it is empty, but a zstd file has at least a header");
  }

  @Test
  void aChangedByteNeverChangesTheText() {
    byte[] bytes = TWO.content();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 0x10;
      try {
        assertThat(Sample.of("a.jsonl.zst", changed).documents()).containsExactly("1=one", "2=two");
      } catch (UserError e) {
        assertThat(e).hasMessageContaining("`a.jsonl.zst");
      }
    }
  }

  @Test
  void whatIsNoZstdIsSaid() {
    assertThatThrownBy(() -> Sample.of("a.zst", "no zstd at all".getBytes(UTF_8)).documents())
        .hasMessage(
            "`a.zst` cannot be unpacked: it is no zstd file: it does not begin with the bytes 28 b5 2f fd");
    byte[] more = Arrays.copyOf(TWO.content(), TWO.content().length + 9);
    assertThatThrownBy(() -> Sample.of("a.jsonl.zst", more).documents())
        .hasMessage("`a.jsonl.zst` cannot be unpacked: behind its zstd data stands something else");
    byte[] wrong = TWO.content();
    wrong[10] ^= 0x55;
    assertThatThrownBy(() -> Sample.of("a.jsonl.zst", wrong).documents())
        .hasMessageStartingWith("`a.jsonl.zst` cannot be unpacked: its zstd data is wrong (");
  }

  /** What {@code zstd --long=31} writes. */
  @Test
  void aWindowOfGigabytesIsSaid() {
    byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (21 << 3), 1, 0, 0};
    assertThatThrownBy(() -> Sample.of("a.zst", frame).documents())
        .hasMessage(
            "`a.zst` cannot be unpacked: unpacking it takes more than 128 MiB, as it was packed with `zstd --long` or `--ultra`");
  }

  @Test
  void aBombIsReadInParts() {
    byte[] packed = Zstd.compress(new byte[0]);
    byte[] line = ("y".repeat(1 << 20) + "\n").getBytes(UTF_8);
    byte[] frame = Zstd.compress(line);
    byte[] bomb = Arrays.copyOf(packed, packed.length + 40 * frame.length);
    for (int i = 0; i < 40; i++) {
      System.arraycopy(frame, 0, bomb, packed.length + i * frame.length, frame.length);
    }
    int[] parts = {0};
    TextFormats.read(
        Sample.of("a.txt.zst", bomb),
        FormatOptions.DEFAULT,
        record -> {
          assertThat(record.text().length).isLessThanOrEqualTo(1 << 24);
          parts[0]++;
        });
    assertThat(parts[0]).isEqualTo(3);
  }
}
