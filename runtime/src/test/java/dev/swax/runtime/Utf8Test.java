package dev.swax.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The oracle is Java's own decoder. */
class Utf8Test {
  private static final int[] BORDERS = {
    0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
    0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
  };

  private static int decoded(byte[] bytes, int from, int to) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(to - from), true);
    return result.isError() ? in.position() : -1;
  }

  @Test
  void fourBytesAtTheBordersOfEachRange() {
    for (int a : BORDERS) {
      for (int b : BORDERS) {
        for (int c : BORDERS) {
          for (int d : BORDERS) {
            byte[] bytes = {(byte) a, (byte) b, (byte) c, (byte) d};
            assertThat(Utf8.firstMalformed(bytes))
                .as("%x %x %x %x", a, b, c, d)
                .isEqualTo(decoded(bytes, 0, 4));
          }
        }
      }
    }
  }

  @Test
  void partsOfTextWithOneByteChanged() {
    byte[] text =
        "plain words, für alle — 字 and 🦜, then plain words again".getBytes(StandardCharsets.UTF_8);
    var random = new SplittableRandom(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = text.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      int from = random.nextInt(bytes.length);
      int to = random.nextInt(from, bytes.length + 1);
      assertThat(Utf8.firstMalformed(bytes, from, to)).isEqualTo(decoded(bytes, from, to));
    }
  }

  @Test
  void zeroAndHalfOfAPair() {
    assertThat(Utf8.firstZero(new byte[] {1, 2, 0, 0})).isEqualTo(2);
    assertThat(Utf8.firstZero(new byte[] {1, 2})).isEqualTo(-1);
    assertThat(Utf8.firstHalf("a🦜b\uD83E")).isEqualTo(4);
    assertThat(Utf8.firstHalf("a🦜b")).isEqualTo(-1);
  }
}
