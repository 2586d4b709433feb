package dev.swax.runtime.data.cache;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.zip.CRC32C;

/**
 * A finished file of a cache, mapped. The system reads and forgets its pages as they are used; each
 * is compared with its sum before it is used first. It stays readable if this machine deletes its
 * name; another one that does so through a disk of a network takes it away.
 */
public final class CheckedFile {
  private static final int PAGE = AppendedFile.PAGE;

  private final Path file;
  private final MemorySegment bytes;
  private final int[] sums;
  private final BitSet checked;

  private CheckedFile(Path file, MemorySegment bytes, int[] sums) {
    this.file = file;
    this.bytes = bytes;
    this.sums = sums;
    this.checked = new BitSet(sums.length);
  }

  /** A file that should have so many bytes. */
  static CheckedFile open(Path file, long length) throws IOException {
    int pages = Math.toIntExact((length + PAGE - 1) / PAGE);
    ByteBuffer sums = ByteBuffer.allocate(Math.multiplyExact(pages, Integer.BYTES));
    try (FileChannel channel = FileChannel.open(AppendedFile.sums(file), StandardOpenOption.READ)) {
      require(AppendedFile.sums(file), channel.size(), sums.capacity());
      while (sums.hasRemaining() && channel.read(sums) >= 0) {}
    }
    int[] values = new int[pages];
    sums.flip().asIntBuffer().get(values);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      require(file, channel.size(), length);
      return new CheckedFile(
          file, channel.map(FileChannel.MapMode.READ_ONLY, 0, length, Arena.ofAuto()), values);
    }
  }

  private static void require(Path file, long found, long expected) {
    if (found != expected) {
      throw new DamagedCacheException(
          "%s has %,d bytes, but %,d were written".formatted(file, found, expected));
    }
  }

  /** Some of its bytes, which are what was written. */
  public MemorySegment slice(long from, long length) {
    if (length > 0) {
      check((int) (from / PAGE), (int) ((from + length - 1) / PAGE));
    }
    return bytes.asSlice(from, length);
  }

  private synchronized void check(int first, int last) {
    for (int page = checked.nextClearBit(first); page <= last; page = checked.nextClearBit(page)) {
      long at = (long) page * PAGE;
      long length = Math.min(PAGE, bytes.byteSize() - at);
      var sum = new CRC32C();
      sum.update(bytes.asSlice(at, length).asByteBuffer());
      if ((int) sum.getValue() != sums[page]) {
        throw new DamagedCacheException(
            "bytes %,d to %,d of %s are not those that were written"
                .formatted(at, at + length - 1, file));
      }
      checked.set(page);
    }
  }
}
