package dev.swax.runtime.task.text.record;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.declare.Located;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.text.Once;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The records of a JSONL file, all or those of a purpose, in the order of the file. It is read when
 * they are first needed.
 */
public final class RecordFile {
  /** What every task of records is given. */
  public static final Argument<RecordFile> FILE =
      Argument.required(
          "file", ArgumentType.text(RecordFile::named), "JSONL, a record on each line");

  private final String written;
  private final Once<JsonLines> file;
  private final @Nullable Purpose purpose;
  private final Once<List<JsonLine>> lines;

  /**
   * @param written the path as the task names it
   * @param path where it is found
   */
  public RecordFile(String written, Path path) {
    this(written, new Once<>(() -> JsonLines.read(path, written)), null);
  }

  private static RecordFile named(Located file) {
    String written = file.texts().getFirst();
    return new RecordFile(written, file.folder().resolve(written));
  }

  private RecordFile(String written, Once<JsonLines> file, @Nullable Purpose purpose) {
    this.written = written;
    this.file = file;
    this.purpose = purpose;
    this.lines = new Once<>(() -> lines(file.value(), purpose));
  }

  private static List<JsonLine> lines(JsonLines file, @Nullable Purpose purpose) {
    return purpose == null ? file.lines() : RecordParts.part(file, purpose);
  }

  /** The path as the task names it. */
  public String written() {
    return written;
  }

  /** Those of one purpose: {@link RecordParts}. */
  public RecordFile part(Purpose purpose) {
    return new RecordFile(written, file, purpose);
  }

  /** At least one. */
  public List<JsonLine> lines() {
    return lines.value();
  }

  /**
   * The path as it is written, the first 64 bits of the SHA-256 of what the file holds, and the
   * purpose; says so where the file cannot be read. The folder that a command is typed in does not
   * enter.
   */
  public String describe() {
    if (file.obstacle().isPresent()) {
      return "\"%s\" (cannot be read)".formatted(written);
    }
    String part =
        purpose == null
            ? ""
            : ", its records for %s".formatted(purpose.name().toLowerCase(Locale.ROOT));
    return "\"%s\" (sha256 %s%s)".formatted(written, file.value().hash(), part);
  }
}
