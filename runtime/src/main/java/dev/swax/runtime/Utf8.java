package dev.swax.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What is text and what is none, so that nothing is replaced without a word. */
public final class Utf8 {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGHEST_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Index of the first byte that is not part of a UTF-8 character, or -1. */
  public static int firstMalformed(byte[] bytes) {
    return firstMalformed(bytes, 0, bytes.length);
  }

  /** The same of the bytes from {@code from} to {@code to}; the index is that of the array. */
  public static int firstMalformed(byte[] bytes, int from, int to) {
    int at = pastAscii(bytes, from, to);
    while (at < to) {
      int length = length(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at = pastAscii(bytes, at + length, to);
    }
    return -1;
  }

  private static int pastAscii(byte[] bytes, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES && ((long) EIGHT_BYTES.get(bytes, at) & HIGHEST_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < to && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  /**
   * Bytes of the character that begins there and is not ASCII; 0 where none does. The ranges are
   * those of the Unicode Standard 16.0, table 3-7.
   */
  private static int length(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
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
