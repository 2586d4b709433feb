package dev.swax.runtime.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipStreamTest {
  private static final String TEXT = "a line of text\nand another one\n".repeat(40);

  /** What {@code gzip -c name} makes of "hi\n": with the name of the file in its header. */
  private static final String NAMED = "1f8b08080000000000036e616d6500cbc8e402007a7a6fed03000000";

  @Test
  void membersAreReadOneBehindTheOther() throws IOException {
    assertThat(unpacked(packed(TEXT))).isEqualTo(TEXT);
    assertThat(unpacked(joined(packed("one"), packed(""), packed("two")))).isEqualTo("onetwo");
    assertThat(unpacked(HexFormat.of().parseHex(NAMED))).isEqualTo("hi\n");
    assertThat(unpacked(joined(packed("one"), new byte[512]))).isEqualTo("one");
    assertThat(
            new BytesFile("a.jsonl.gz", joined(packed("{\"text\":"), packed("\"x\"}")))
                .documents(FormatOptions.DEFAULT))
        .containsExactly("a.jsonl.gz:1=x");
  }

  @Test
  void whereverItIsCutOffIsSaid() throws IOException {
    byte[] two = joined(packed(TEXT), packed("two"));
    int first = packed(TEXT).length;
    for (int length = 0; length < two.length; length++) {
      byte[] cut = Arrays.copyOf(two, length);
      if (length == first) {
        assertThat(unpacked(cut)).isEqualTo(TEXT);
      } else {
        assertThatThrownBy(() -> unpacked(cut))
            .as("%d", length)
            .isInstanceOf(PackedException.class);
      }
    }
  }

  @Test
  void aChangedByteNeverChangesTheText() throws IOException {
    byte[] packed = packed(TEXT);
    for (int i = 0; i < packed.length; i++) {
      byte[] changed = packed.clone();
      changed[i] ^= 0x10;
      try {
        assertThat(unpacked(changed)).isEqualTo(TEXT); // as where it is the time in the header
      } catch (PackedException e) {
        assertThat(e).hasMessageStartingWith("it");
      }
    }
  }

  @Test
  void whatIsNoGzipIsSaid() {
    refused(new byte[0], "it is no gzip file: it does not begin with the bytes 1f 8b");
    refused(bytes("text"), "it is no gzip file: it does not begin with the bytes 1f 8b");
    refused(joined(packed("x"), bytes("more")), "behind its gzip data stands something else");
    refused(Arrays.copyOf(packed("text"), 20), "it is cut off: its last bytes are missing");
  }

  private static void refused(byte[] packed, String reason) {
    assertThatThrownBy(() -> new BytesFile("a.txt.gz", packed).documents(FormatOptions.DEFAULT))
        .isInstanceOf(UserError.class)
        .hasMessage("`a.txt.gz` cannot be unpacked: " + reason);
  }

  private static String unpacked(byte[] packed) throws IOException {
    try (var in = new GzipStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] packed(String text) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes(text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
