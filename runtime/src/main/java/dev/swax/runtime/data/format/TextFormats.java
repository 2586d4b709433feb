package dev.swax.runtime.data.format;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every format and every compression, those of other modules too. */
public final class TextFormats {
  /** Of all formats, whether or not this installation has them. */
  public static final List<String> NAMES = List.of("text", "jsonl", "parquet");

  private static final TextFormat PLAIN = new PlainText();
  private static final List<TextFormat> FORMATS = formats();
  private static final List<Compression> COMPRESSIONS = compressions();

  private TextFormats() {}

  private static List<TextFormat> formats() {
    List<TextFormat> all = new ArrayList<>(List.of(PLAIN, new JsonLinesText()));
    ServiceLoader.load(TextFormat.class).forEach(all::add);
    return List.copyOf(all);
  }

  private static List<Compression> compressions() {
    List<Compression> all = new ArrayList<>(List.of(new Gzip()));
    ServiceLoader.load(Compression.class).forEach(all::add);
    return List.copyOf(all);
  }

  /** Whether such a file's bytes, as they are, are its one document. */
  public static boolean isPlain(String name, FormatOptions options) {
    return compression(name) == null && format(name, options) == PLAIN;
  }

  /** Whether such a file may hold more than one document. */
  public static boolean holdsRecords(String name, FormatOptions options) {
    return format(name, options) != PLAIN;
  }

  /**
   * Gives the documents of a file, in its order, while it is read; those without text are left out.
   * The memory that this takes does not grow with the file, only with its longest record. Several
   * threads may read different files. What is wrong is a {@link UserError} that names the file.
   *
   * @return what was left out because it is malformed
   */
  public static Skipped read(SourceFile file, FormatOptions options, Consumer<TextRecord> sink) {
    Compression compression = compression(file.name());
    SourceFile unpacked = compression == null ? file : new UnpackedFile(file, compression);
    try {
      return format(file.name(), options)
          .read(
              unpacked,
              options,
              record -> {
                if (record.text().length > 0 || record.number() == 0) {
                  sink.accept(record);
                }
              });
    } catch (PackedException e) {
      throw new UserError(
          "`%s` cannot be unpacked: %s".formatted(file.name(), e.getMessage()),
          "fetch or make the file again, or leave it out with a narrower pattern");
    } catch (IOException e) {
      throw new UserError("cannot read `%s`: %s".formatted(file.written(), Reasons.of(e)), null);
    }
  }

  /** That of a file, by its name. */
  private static @Nullable Compression compression(String name) {
    return COMPRESSIONS.stream()
        .filter(compression -> name.endsWith(compression.ending()))
        .findFirst()
        .orElse(null);
  }

  private static TextFormat format(String name, FormatOptions options) {
    Compression compression = compression(name);
    int packed = compression == null ? 0 : compression.ending().length();
    String plain = name.substring(0, name.length() - packed);
    return FORMATS.stream()
        .filter(format ->
            options.format().isEmpty()
                ? format.endings().stream().anyMatch(plain::endsWith)
                : format.name().equals(options.format()))
        .findFirst()
        .orElse(PLAIN);
  }
}
