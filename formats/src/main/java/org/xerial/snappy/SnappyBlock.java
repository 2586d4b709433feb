package org.xerial.snappy;

import java.io.IOException;

/**
 * A block of snappy: its length unpacked, and elements. An element is bytes as they are, or bytes
 * that were unpacked before, some way back.
 */
final class SnappyBlock {
  private final byte[] in;
  private int at;
  private byte[] out = {};
  private int filled;

  SnappyBlock(byte[] in) {
    this.in = in;
  }

  /** At most {@code most} bytes. */
  byte[] unpack(int most) throws IOException {
    int length = length();
    if (length < 0 || length > most) {
      throw wrong("it has %d bytes unpacked, but %d are expected".formatted(length, most));
    }
    out = new byte[length];
    while (at < in.length) {
      element();
    }
    if (filled < length) {
      throw wrong("it ends after %d of %d bytes".formatted(filled, length));
    }
    return out;
  }

  /** Seven bits a byte, the lowest first; the highest bit says that there are more. */
  private int length() throws IOException {
    int length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = next();
      length |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return length;
      }
    }
    throw wrong("its length is no number");
  }

  /** The low two bits of its first byte say what it is. */
  private void element() throws IOException {
    int tag = next();
    int high = tag >>> 2;
    switch (tag & 3) {
      case 0 -> literal(high < 60 ? high + 1 : number(high - 59) + 1);
      case 1 -> copy((high & 7) + 4, tag >>> 5 << 8 | next());
      case 2 -> copy(high + 1, number(2));
      default -> copy(high + 1, number(4));
    }
  }

  private void literal(int length) throws IOException {
    if (length <= 0 || length > in.length - at || length > out.length - filled) {
      throw wrong("a part of it is too long");
    }
    System.arraycopy(in, at, out, filled, length);
    at += length;
    filled += length;
  }

  /** What is copied may reach into the copy, and is then repeated. */
  private void copy(int length, int back) throws IOException {
    if (back <= 0 || back > filled || length > out.length - filled) {
      throw wrong("a part of it refers to what is not there");
    }
    if (back >= length) {
      System.arraycopy(out, filled - back, out, filled, length);
    } else {
      for (int i = 0; i < length; i++) {
        out[filled + i] = out[filled + i - back];
      }
    }
    filled += length;
  }

  /** Little-endian. */
  private int number(int bytes) throws IOException {
    int number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= next() << (8 * i);
    }
    return number;
  }

  private int next() throws IOException {
    if (at == in.length) {
      throw wrong("it is cut off");
    }
    return in[at++] & 0xFF;
  }

  private static IOException wrong(String how) {
    return new IOException("a page that is packed with snappy is damaged: " + how);
  }
}
