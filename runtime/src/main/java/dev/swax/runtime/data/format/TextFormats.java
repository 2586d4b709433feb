package dev.swax.runtime.data.format;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every format and every compression, those of other modules too. */
public final class TextFormats {
  /** Of all formats, whether or not this installation has them. */
  public static final List<String> NAMES = List.of("text", "jsonl", "parquet");

  /** Compressions that are known and not read, by how names end. */
  private static final Map<String, String> UNREAD =
      Map.of(".lz4", "lz4", ".br", "brotli", ".xz", "xz", ".bz2", "bzip2");

  private static final TextFormats ALL =
      new TextFormats(
          with(List.of(new PlainText(), new JsonLinesText()), TextFormat.class),
          with(List.of(new Gzip()), Compression.class));

  private final List<TextFormat> formats;
  private final List<Compression> compressions;

  /** The first format is that of all other files. */
  TextFormats(List<TextFormat> formats, List<Compression> compressions) {
    this.formats = List.copyOf(formats);
    this.compressions = List.copyOf(compressions);
  }

  private static <T> List<T> with(List<T> own, Class<T> service) {
    return Stream.concat(
            own.stream(), ServiceLoader.load(service).stream().map(ServiceLoader.Provider::get))
        .toList();
  }

  /** Whether such a file's bytes, as they are, are its one document. */
  public static boolean isPlain(String name, FormatOptions options) {
    return ALL.compression(name) == null
        && ALL.format(name, options).equals(ALL.formats.getFirst());
  }

  /** Whether such a file may hold more than one document. */
  public static boolean holdsRecords(String name, FormatOptions options) {
    return !ALL.format(name, options).equals(ALL.formats.getFirst());
  }

  /**
   * Gives the documents of a file, in its order, while it is read; those without text are left out.
   * The memory that this takes does not grow with the file, only with its longest record. Several
   * threads may read different files. What is wrong is a {@link UserError} that names the file.
   *
   * @return what was left out because it is malformed
   */
  public static Skipped read(SourceFile file, FormatOptions options, Consumer<TextRecord> sink) {
    return ALL.readAll(file, options, sink);
  }

  Skipped readAll(SourceFile file, FormatOptions options, Consumer<TextRecord> sink) {
    Compression compression = compression(file.name());
    SourceFile unpacked = compression == null ? file : new UnpackedFile(file, compression);
    Consumer<TextRecord> withText =
        record -> {
          if (record.text().length > 0 || record.number() == 0) {
            sink.accept(record);
          }
        };
    try {
      return format(file.name(), options).read(unpacked, options, withText);
    } catch (PackedException e) {
      throw new UserError(
          "`%s` cannot be unpacked: %s".formatted(file.name(), e.getMessage()),
          "fetch or make the file again, or leave it out with a narrower pattern");
    } catch (IOException e) {
      throw new UserError("cannot read `%s`: %s".formatted(file.written(), Reasons.of(e)), null);
    }
  }

  /** That of a file, by its name. */
  private @Nullable Compression compression(String name) {
    for (Compression compression : compressions) {
      if (name.endsWith(compression.ending())) {
        return compression;
      }
    }
    if (name.endsWith(".zst")) {
      throw missing(name, "packed with zstd");
    }
    for (Map.Entry<String, String> unknown : UNREAD.entrySet()) {
      if (name.endsWith(unknown.getKey())) {
        throw new UserError(
            "`%s` is packed with %s, which swax does not read".formatted(name, unknown.getValue()),
            "pack it with zstd or gzip, or leave it out with a narrower pattern");
      }
    }
    return null;
  }

  private TextFormat format(String name, FormatOptions options) {
    Compression compression = compression(name);
    int packed = compression == null ? 0 : compression.ending().length();
    String plain = name.substring(0, name.length() - packed);
    boolean named = !options.format().isEmpty();
    for (TextFormat format : formats) {
      if (named
          ? format.name().equals(options.format())
          : format.endings().stream().anyMatch(plain::endsWith)) {
        return format;
      }
    }
    if (named || plain.endsWith(".parquet")) {
      throw missing(name, "a Parquet file");
    }
    return formats.getFirst();
  }

  private static UserError missing(String name, String what) {
    return new UserError(
        "`%s` is %s, which this installation cannot read: it lacks the module `formats`"
            .formatted(name, what),
        "add `swax-formats` and its libraries to the class path");
  }
}
