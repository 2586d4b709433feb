package dev.swax.runtime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** What is text and what is none, so that nothing is replaced without a word. */
public final class Utf8 {
  private Utf8() {}

  /** Index of the first byte that is not part of a UTF-8 character, or -1. */
  public static int firstMalformed(byte[] bytes) {
    return firstMalformed(bytes, 0, bytes.length);
  }

  /** The same of the bytes from {@code from} to {@code to}; the index is that of the array. */
  public static int firstMalformed(byte[] bytes, int from, int to) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(8192);
    while (true) {
      CoderResult result = decoder.decode(in, out.clear(), true);
      if (result.isError()) {
        return in.position();
      }
      if (result.isUnderflow()) {
        return -1;
      }
    }
  }

  /** Index of the first byte of zero, which no text has, or -1. */
  public static int firstZero(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Index of the first half of a surrogate pair without its other half, or -1. */
  public static int firstHalf(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
