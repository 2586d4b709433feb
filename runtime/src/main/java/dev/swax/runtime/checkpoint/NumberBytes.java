package dev.swax.runtime.checkpoint;

import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of tensors as the bytes of a file, little-endian, a buffer of them at a time. */
final class NumberBytes {
  private static final int BUFFER = 1 << 20;
  private static final ValueLayout.OfFloat LITTLE =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final Sink sink;

  /** Gives the bytes to {@code sink}. */
  NumberBytes(Sink sink) {
    this.sink = sink;
  }

  /** What becomes of bytes; the buffer is used again afterwards. */
  @FunctionalInterface
  interface Sink {
    void accept(ByteBuffer bytes) throws IOException;
  }

  /** So many numbers from number {@code first} on. */
  void write(Tensor tensor, long first, long length, NumberFormat format) throws IOException {
    int most = BUFFER / format.bytes();
    for (long from = 0; from < length; from += most) {
      int count = (int) Math.min(most, length - from);
      copyOut(tensor, first + from, count, format);
      sink.accept(buffer.clear().limit(count * format.bytes()));
    }
  }

  private void copyOut(Tensor tensor, long from, int count, NumberFormat format) {
    MemorySegment out = MemorySegment.ofArray(buffer.array());
    if (format != NumberFormat.F32) {
      for (int i = 0; i < count; i++) {
        format.write(out, i, tensor.get(from + i));
      }
      return;
    }
    MemorySegment.copy(
        tensor.segment(), ValueLayout.JAVA_FLOAT, from * Float.BYTES, out, LITTLE, 0, count);
  }
}
