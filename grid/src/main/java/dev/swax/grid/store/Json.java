package dev.swax.grid.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.DamagedFileException;
import dev.swax.runtime.checkpoint.SealedJson;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** JSON files. */
final class Json {
  static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  /** What a file says; one that says nothing that can be read is damaged. */
  static Optional<JsonNode> read(Path file) throws DamagedFileException {
    Optional<String> text = text(file);
    return text.isEmpty() ? Optional.empty() : Optional.of(SealedJson.parse(text.get()));
  }

  /** The text of a file; bytes that are no UTF-8 are replaced. */
  static Optional<String> text(Path file) {
    try {
      byte[] bytes = RegularFile.bytes(file, RegularFile.fitting());
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  /** See {@link Disk#lookAgain}. */
  static void lookAgain(Path folder) {
    try {
      Disk.lookAgain(folder);
    } catch (IOException e) {
      throw new UserError("cannot look into %s: %s".formatted(folder, Reasons.of(e)), null);
    }
  }

  static void write(Path file, JsonNode node) {
    write(file, node.toPrettyString() + "\n");
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      NewFile.write(file, text);
    } catch (IOException e) {
      throw new UserError("cannot write %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
