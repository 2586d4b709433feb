package dev.swax.formats;

import dev.hardwood.InputFile;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A Parquet file to be read at any place: it is a file of the disk, or has to fit into memory. */
final class ParquetInput {
  private static final String MARK = "PAR1";
  private static final String MARK_OF_ENCRYPTED = "PARE";

  /** Two marks, and the length of the description before the second one. */
  private static final int SMALLEST = 12;

  private ParquetInput() {}

  /** Opened. A file that does not begin and end as Parquet files do is refused. */
  static InputFile open(SourceFile file) throws IOException {
    InputFile input = new CheckedInput(stored(file));
    input.open();
    try {
      requireMarks(file, input);
      return input;
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static InputFile stored(SourceFile file) throws IOException {
    Optional<Path> path = file.path();
    if (path.isPresent()) {
      RegularFile.require(path.get());
      return InputFile.of(path.get());
    }
    return InputFile.of(ByteBuffer.wrap(inMemory(file)));
  }

  private static byte[] inMemory(SourceFile file) throws IOException {
    int most = (int) Math.min(RegularFile.fitting(), Integer.MAX_VALUE - 8);
    try (var in = file.open()) {
      byte[] bytes = in.readNBytes(most);
      if (bytes.length == most) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "`%s` is too large for a Parquet file that is packed or in an archive: it is read at"
                    + " many places, and only %,d bytes fit into this Java heap",
                file.name(),
                most),
            "unpack it, or raise the heap with `JAVA_TOOL_OPTIONS=-Xmx8g`");
      }
      return bytes;
    }
  }

  private static void requireMarks(SourceFile file, InputFile input) throws IOException {
    long length = input.length();
    String first = mark(input, 0);
    String last = mark(input, length - MARK.length());
    if (first.equals(MARK_OF_ENCRYPTED) || last.equals(MARK_OF_ENCRYPTED)) {
      throw new UserError("`%s` is encrypted".formatted(file.name()), "decrypt it");
    }
    if (!first.equals(MARK)) {
      throw new UserError(
          length == 0
              ? "`%s` is empty, but a Parquet file has at least a description"
                  .formatted(file.name())
              : "`%s` is no Parquet file: it does not begin with %s".formatted(file.name(), MARK),
          "fetch or make the file again, or say what it is, as in `format = jsonl`");
    }
    if (!last.equals(MARK) || length < SMALLEST) {
      throw new UserError(
          "`%s` is cut off: a Parquet file ends with %s, this one does not"
              .formatted(file.name(), MARK),
          "fetch or make the file again");
    }
  }

  private static String mark(InputFile input, long at) throws IOException {
    if (at < 0 || input.length() < MARK.length()) {
      return "";
    }
    return StandardCharsets.ISO_8859_1.decode(input.readRange(at, MARK.length())).toString();
  }
}
