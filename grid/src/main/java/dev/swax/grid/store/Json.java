package dev.swax.grid.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** JSON files that are there whole or not at all. */
final class Json {
  static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static Optional<JsonNode> read(Path file) {
    try {
      return Optional.of(MAPPER.readTree(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new UserError(
          "%s is not JSON: %s".formatted(file, e.getOriginalMessage()),
          "delete it; the cell is then computed anew");
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, e.getMessage()), null);
    }
  }

  static void write(Path file, JsonNode node) {
    try {
      Path folder = Files.createDirectories(file.resolveSibling("."));
      Path written = Files.createTempFile(folder, "json", ".new");
      Files.writeString(written, node.toPrettyString() + "\n");
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError("cannot write %s: %s".formatted(file, e.getMessage()), null);
    }
  }
}
