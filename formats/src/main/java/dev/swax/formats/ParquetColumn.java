package dev.swax.formats;

import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.Validity;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.SourceFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The values of a column of texts, some rows at a time. Pages are unpacked ahead of them. */
final class ParquetColumn implements AutoCloseable {
  /** Held, so that it stays as it is: the library would tell of the processor. */
  private static final Logger LOGGER = Logger.getLogger("dev.hardwood");

  /** Threads that unpack pages, and how many pages of a file are in memory. */
  private static final int THREADS = 2;

  static {
    LOGGER.setLevel(Level.WARNING);
    // Pages may have hundreds of megabytes where texts are long; the library would hold eight.
    System.setProperty("hardwood.internal.maxOutstanding", String.valueOf(THREADS));
  }

  /** Bytes of the rows that are taken at a time, about. */
  private static final long BYTES = 1 << 21;

  private static final int MOST_ROWS = 4096;

  /** Those that need no other library. */
  private static final Set<CompressionCodec> CODECS =
      EnumSet.of(
          CompressionCodec.UNCOMPRESSED,
          CompressionCodec.SNAPPY,
          CompressionCodec.GZIP,
          CompressionCodec.ZSTD);

  private final SourceFile file;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final long rows;
  private final ColumnReader column;
  private long read;
  private int count;
  private byte[] bytes = {};
  private int[] offsets = {};
  private Validity validity = Validity.NO_NULLS;

  /** A file without a column of that name is refused, with those that it has. */
  ParquetColumn(SourceFile file, String name) throws IOException {
    this.file = file;
    InputFile input = ParquetInput.open(file);
    try {
      HardwoodContext context = HardwoodContext.create(THREADS);
      opened.push(context);
      opened.push(input);
      ParquetFileReader reader = ParquetFileReader.open(input, context);
      opened.push(reader);
      int index = ParquetSchema.textColumn(file, reader.getFileSchema(), name);
      List<RowGroup> groups = reader.getFileMetaData().rowGroups();
      requireCodec(groups, index);
      rows = groups.stream().mapToLong(RowGroup::numRows).sum();
      column = reader.buildColumnReader(index).batchSize(batch(groups, index)).build();
      opened.push(column);
    } catch (UserError e) {
      close();
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      close();
      throw damaged(e);
    }
  }

  private void requireCodec(List<RowGroup> groups, int index) {
    for (RowGroup group : groups) {
      CompressionCodec codec = group.columns().get(index).metaData().codec();
      if (!CODECS.contains(codec)) {
        throw new UserError(
            "`%s` is packed with %s, which swax does not read"
                .formatted(file.name(), codec.name().toLowerCase(Locale.ROOT)),
            "write it again with zstd, snappy, gzip or without compression");
      }
    }
  }

  /** Rows that have some megabytes together, where all are as long as the others. */
  private static int batch(List<RowGroup> groups, int index) {
    long longest = 1;
    for (RowGroup group : groups) {
      ColumnMetaData column = group.columns().get(index).metaData();
      longest = Math.max(longest, column.totalUncompressedSize() / Math.max(1, group.numRows()));
    }
    return Math.clamp(BYTES / longest, 1, MOST_ROWS);
  }

  /** Goes to the next rows; false where there are none. */
  boolean advance() {
    try {
      if (column.nextBatch()) {
        count = column.getRecordCount();
        bytes = column.getBinaryValues();
        offsets = column.getBinaryOffsets();
        validity = column.getLeafValidity();
        read += count;
        return true;
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      throw damaged(e);
    }
    if (read != rows) { // also where this thread was interrupted
      throw damaged(String.format(Locale.ROOT, "only %,d of its %,d rows can be read", read, rows));
    }
    return false;
  }

  /** How many rows these are. */
  int count() {
    return count;
  }

  /** The text of one of these rows, or null where it has none. */
  byte @Nullable [] text(int row) {
    return validity.isNull(row) ? null : Arrays.copyOfRange(bytes, offsets[row], offsets[row + 1]);
  }

  /** About how many bytes of the file stand before the end of a row, counted from 1. */
  long taken(long row) {
    return (long) ((double) row / rows * file.bytes());
  }

  private UserError damaged(Throwable cause) {
    Throwable first = cause;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    if (first instanceof OutOfMemoryError) {
      return new UserError(
          "a page of `%s` is too large: it does not fit into this Java heap".formatted(file.name()),
          "raise the heap with `JAVA_TOOL_OPTIONS=-Xmx8g`, or write the file with smaller pages");
    }
    return damaged(
        switch (first) {
          case IOException _, UnsupportedOperationException _ -> String.valueOf(first.getMessage());
          default -> "its data is wrong"; // what the library stumbled upon says nothing to a user
        });
  }

  private UserError damaged(String how) {
    return new UserError(
        "`%s` cannot be read as a Parquet file: %s".formatted(file.name(), how),
        "fetch or make the file again, or leave it out with a narrower pattern");
  }

  @Override
  public void close() {
    for (AutoCloseable open : opened) { // the last one first
      try {
        open.close();
      } catch (Exception e) {
        throw damaged(e);
      }
    }
  }
}
