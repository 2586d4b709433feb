package org.xerial.snappy;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Unpacks blocks of snappy. Whatever they hold, it writes no further than it may. */
public final class Snappy {
  private Snappy() {}

  /**
   * Unpacks all that {@code packed} has left, to the place that {@code unpacked} is at; neither
   * moves.
   *
   * @return how many bytes that are
   */
  public static int uncompress(ByteBuffer packed, ByteBuffer unpacked) throws IOException {
    byte[] in = new byte[packed.remaining()];
    packed.get(packed.position(), in);
    byte[] out = new SnappyBlock(in).unpack(unpacked.remaining());
    unpacked.put(unpacked.position(), out);
    return out.length;
  }
}
