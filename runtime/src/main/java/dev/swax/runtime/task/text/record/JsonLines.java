package dev.swax.runtime.task.text.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A JSONL file.
 *
 * @param name as messages call it
 * @param hash the first 64 bits of its SHA-256, in hexadecimal digits
 */
public record JsonLines(String name, String hash, List<JsonLine> lines) {
  public JsonLines {
    lines = List.copyOf(lines);
  }

  /** All records of a file, which messages call {@code name}; empty lines are passed over. */
  public static JsonLines read(Path file, String name) {
    try {
      return of(name, RegularFile.bytes(file, RegularFile.fitting()));
    } catch (NoSuchFileException e) {
      throw new UserError(
          "there is no file `%s`".formatted(name),
          "looked for %s".formatted(file.toAbsolutePath().normalize()));
    } catch (IOException e) {
      throw new UserError(
          "`%s` cannot be read: %s".formatted(name, Reasons.of(e)),
          "it is %s".formatted(file.toAbsolutePath().normalize()));
    } catch (OutOfMemoryError e) {
      throw tooLarge(name);
    }
  }

  static JsonLines of(String name, byte[] bytes) {
    return of(name, bytes, Runtime.getRuntime().maxMemory() / 3);
  }

  /** {@code room}: bytes that the records may take. */
  static JsonLines of(String name, byte[] bytes, long room) {
    List<JsonLine> lines = new ArrayList<>();
    long left = room;
    int number = 0;
    for (String line : (Iterable<String>) text(name, bytes).lines()::iterator) {
      number++;
      if (!line.isBlank()) {
        String place = "%s:%d".formatted(name, number);
        JsonNode record = JsonRecord.parse(place, line);
        left -= JsonRecord.size(record);
        if (left < 0) {
          throw tooLarge(name);
        }
        lines.add(new JsonLine(place, "", record));
      }
    }
    if (lines.isEmpty()) {
      throw new UserError("`%s` has no records".formatted(name), null);
    }
    byte[] digest = Hashes.sha256().digest(bytes);
    return new JsonLines(name, HexFormat.of().formatHex(digest, 0, 8), lines);
  }

  private static UserError tooLarge(String name) {
    return new UserError(
        "`%s` is too large: its records do not fit into this Java heap".formatted(name),
        "take fewer of them, or raise the heap with `JAVA_TOOL_OPTIONS=-Xmx8g`");
  }

  private static String text(String name, byte[] bytes) {
    int bad = Utf8.firstMalformed(bytes);
    if (bad >= 0) {
      throw new UserError(
          "`%s` is not UTF-8 text: byte %d is 0x%02x".formatted(name, bad, bytes[bad]),
          "save it as UTF-8");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.startsWith("\uFEFF")) {
      throw new UserError(
          "`%s` begins with a byte order mark".formatted(name),
          "save it as UTF-8 without a byte order mark");
    }
    return text;
  }
}
