package dev.swax.runtime.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What is packed in members of gzip (RFC 1952), one behind the other. The stream of the JDK takes a
 * member whose beginning is cut off, and whatever else stands behind a member, for the end; this
 * one refuses it. Zeros at the end are padding.
 */
final class GzipStream extends UnpackedStream {
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] packed = new byte[1 << 16];
  private int at;
  private int filled;
  private long length;
  private boolean inside;
  private long members;

  GzipStream(InputStream in) {
    this.in = in;
  }

  @Override
  protected int unpack(byte[] bytes, int from, int wanted) throws IOException {
    while (inside || begin()) {
      int read = inflate(bytes, from, wanted);
      if (read > 0) {
        checksum.update(bytes, from, read);
        length += read;
        return read;
      }
      if (inflater.finished()) {
        at = filled - inflater.getRemaining();
        end();
      } else if (inflater.needsDictionary()) {
        throw new PackedException("it needs a dictionary, which gzip does not have");
      } else {
        fill();
        inflater.setInput(packed, 0, filled);
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int from, int wanted) throws IOException {
    try {
      return inflater.inflate(bytes, from, wanted);
    } catch (DataFormatException e) {
      throw new PackedException("its compressed data is wrong (%s)".formatted(e.getMessage()));
    }
  }

  /** The header of a member; false where there is no more. */
  private boolean begin() throws IOException {
    int first = next();
    while (members > 0 && first == 0) {
      first = next();
    }
    if (first < 0 && members > 0) {
      return false;
    }
    if (first != 0x1f || next() != 0x8b) {
      throw new PackedException(
          members == 0
              ? "it is no gzip file: it does not begin with the bytes 1f 8b"
              : "behind its gzip data stands something else");
    }
    if (require() != 8) {
      throw new PackedException("it is packed in a way that gzip does not know");
    }
    int flags = require();
    skip(6);
    if ((flags & HAS_EXTRA) != 0) {
      skip(require() | require() << 8);
    }
    skipText((flags & HAS_NAME) != 0);
    skipText((flags & HAS_COMMENT) != 0);
    skip((flags & HAS_CHECKSUM) == 0 ? 0 : 2);
    inflater.reset();
    inflater.setInput(packed, at, filled - at);
    checksum.reset();
    length = 0;
    inside = true;
    members++;
    return true;
  }

  private void end() throws IOException {
    long sum = number();
    long size = number();
    if (sum != checksum.getValue() || size != (length & 0xFFFF_FFFFL)) {
      throw new PackedException("its checksum does not fit");
    }
    inside = false;
  }

  private long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (long) require() << shift;
    }
    return value;
  }

  private void skipText(boolean there) throws IOException {
    while (there && require() != 0) {}
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      require();
    }
  }

  private int require() throws IOException {
    int value = next();
    if (value < 0) {
      throw cut();
    }
    return value;
  }

  private int next() throws IOException {
    if (at == filled) {
      filled = Math.max(0, in.read(packed));
      at = 0;
    }
    return at < filled ? packed[at++] & 0xFF : -1;
  }

  private void fill() throws IOException {
    filled = in.read(packed);
    if (filled <= 0) {
      filled = 0;
      throw cut();
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
