package dev.swax.runtime.task.text.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Hashes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
    }
  }

  static JsonLines of(String name, byte[] bytes) {
    List<JsonLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text(name, bytes).lines()::iterator) {
      number++;
      if (!line.isBlank()) {
        String place = "%s:%d".formatted(name, number);
        lines.add(new JsonLine(place, "", parse(place, line)));
      }
    }
    if (lines.isEmpty()) {
      throw new UserError("`%s` has no records".formatted(name), null);
    }
    byte[] digest = Hashes.sha256().digest(bytes);
    return new JsonLines(name, HexFormat.of().formatHex(digest, 0, 8), lines);
  }

  private static String text(String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserError("`%s` is not UTF-8 text".formatted(name), null);
    }
  }

  private static JsonNode parse(String place, String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node.isObject()) {
        return node;
      }
      throw new UserError(
          "%s is no JSON object".formatted(place), "a JSONL file has one object on each line");
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new UserError(
          "%s is not JSON, from column %d on".formatted(place, column),
          "a JSONL file has one object on each line");
    }
  }
}
