package dev.swax.formats;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.swax.runtime.data.format.PackedException;
import dev.swax.runtime.data.format.UnpackedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What is packed in frames of zstd, one behind the other. The stream of the library takes a second
 * frame that is cut off for the end; this one does not. A frame may ask to look back 128 MiB, which
 * is the usual limit.
 */
final class ZstandardStream extends UnpackedStream {
  private static final int SIZE = 1 << 17;

  private final InputStream in;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final byte[] read = new byte[SIZE];
  private final ByteBuffer packed = ByteBuffer.allocateDirect(SIZE).limit(0);
  private final ByteBuffer unpacked = ByteBuffer.allocateDirect(SIZE).limit(0);
  private boolean begun;
  private boolean inside;
  private boolean whole; // a frame has ended

  ZstandardStream(InputStream in) {
    this.in = in;
  }

  @Override
  protected int unpack(byte[] bytes, int from, int wanted) throws IOException {
    while (!unpacked.hasRemaining()) {
      boolean full = inside && unpacked.limit() == unpacked.capacity(); // there may be more of it
      if (!packed.hasRemaining() && !full && !fill()) {
        return -1;
      }
      unpack();
    }
    int length = Math.min(wanted, unpacked.remaining());
    unpacked.get(bytes, from, length);
    return length;
  }

  /** More of the file; false at an end where one may be. */
  private boolean fill() throws IOException {
    int length = in.read(read);
    if (length <= 0 && inside) {
      throw cut();
    }
    if (length <= 0 && !begun) {
      throw new PackedException("it is empty, but a zstd file has at least a header");
    }
    begun = true;
    packed.clear().put(read, 0, Math.max(0, length)).flip();
    return length > 0;
  }

  private void unpack() throws IOException {
    unpacked.clear();
    try {
      inside = !context.decompressDirectByteBufferStream(unpacked, packed);
    } catch (ZstdException e) {
      throw new PackedException(reason(e));
    }
    whole |= !inside;
    unpacked.flip();
  }

  private String reason(ZstdException fault) {
    long code = Zstd.getErrorCode(fault.getErrorCode());
    if (code == Zstd.errFrameParameterWindowTooLarge()) {
      return "unpacking it takes more than 128 MiB, as it was packed with `zstd --long` or `--ultra`";
    }
    if (code == Zstd.errPrefixUnknown() && !inside) {
      return whole
          ? "behind its zstd data stands something else"
          : "it is no zstd file: it does not begin with the bytes 28 b5 2f fd";
    }
    return "its zstd data is wrong (%s)".formatted(fault.getMessage());
  }

  @Override
  public void close() throws IOException {
    context.close();
    in.close();
  }
}
