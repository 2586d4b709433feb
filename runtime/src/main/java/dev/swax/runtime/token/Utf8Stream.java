package dev.swax.runtime.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text as they come. What is no character becomes the replacement character. */
public final class Utf8Stream {
  /** Of a character that is cut off. */
  private static final int MOST_HELD = 3;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] held = {};

  /** The characters that are whole with these bytes. */
  public String next(byte[] bytes) {
    return decode(bytes, false);
  }

  /** How many bytes of a character have come. */
  public int held() {
    return held.length;
  }

  /** What is left: a replacement character, or nothing. It may go on from its beginning then. */
  public String end() {
    String text = decode(new byte[0], true);
    decoder.reset();
    return text;
  }

  private String decode(byte[] bytes, boolean end) {
    if (held.length == 0 && bytes.length == 1 && bytes[0] >= 0) {
      return String.valueOf((char) bytes[0]);
    }
    ByteBuffer in = ByteBuffer.allocate(held.length + bytes.length).put(held).put(bytes).flip();
    CharBuffer out = CharBuffer.allocate(MOST_HELD + bytes.length);
    decoder.decode(in, out, end);
    if (end) {
      decoder.flush(out);
    }
    held = new byte[in.remaining()];
    in.get(held);
    return out.flip().toString();
  }
}
