package org.xerial.snappy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SnappyTest {
  @Test
  void literalsAndCopies() throws IOException {
    assertThat(unpacked("05 10 68656c6c6f", 5)).isEqualTo("hello");
    assertThat(unpacked("0a 04 6162 1102", 10)).isEqualTo("ab".repeat(5));
    assertThat(unpacked("06 08 616263 0a0300", 6)).isEqualTo("abcabc");
    assertThat(unpacked("06 08 616263 0b03000000", 6)).isEqualTo("abcabc");
    assertThat(unpacked("3d f03c" + "61".repeat(61), 61)).isEqualTo("a".repeat(61));
    assertThat(unpacked("00", 0)).isEmpty();
  }

  @Test
  void whatIsWrongNeverLeavesItsPlace() {
    refused("06 10 68656c6c6f", 6, "it ends after 5 of 6 bytes");
    refused("05 10 68656c6c6f", 4, "it has 5 bytes unpacked, but 4 are expected");
    refused("ffffffff0f 00", 4, "it has -1 bytes unpacked, but 4 are expected");
    refused("ffffffffff0f", 4, "its length is no number");
    refused("04 10 68656c6c6f", 5, "a part of it is too long");
    refused("05 10 6865", 5, "a part of it is too long");
    refused("05 fcffffffff", 5, "a part of it is too long");
    refused("06 04 6162 0a0300", 6, "a part of it refers to what is not there");
    refused("06 04 6162 0a0000", 6, "a part of it refers to what is not there");
    refused("06 04 6162 0bffffffff", 6, "a part of it refers to what is not there");
    refused("06 08 616263 0e0300", 6, "a part of it refers to what is not there");
    refused("06 04 6162 0a03", 6, "it is cut off");
    refused("", 6, "it is cut off");
  }

  private static void refused(String hex, int size, String how) {
    assertThatThrownBy(() -> unpacked(hex, size))
        .isInstanceOf(IOException.class)
        .hasMessage("a page that is packed with snappy is damaged: " + how);
  }

  private static String unpacked(String hex, int size) throws IOException {
    ByteBuffer out = ByteBuffer.allocateDirect(size);
    byte[] packed = HexFormat.of().parseHex(hex.replace(" ", ""));
    int length = Snappy.uncompress(ByteBuffer.wrap(packed), out);
    byte[] bytes = new byte[length];
    out.get(0, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
