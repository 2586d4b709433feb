package dev.swax.grid.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** JSON files. One that is empty, as a full disk leaves it, is taken not to be there. */
final class Json {
  static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static Optional<JsonNode> read(Path file) {
    try {
      String text = RegularFile.text(file, RegularFile.fitting());
      return text.isBlank() ? Optional.empty() : Optional.of(MAPPER.readTree(text));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new UserError(
          "%s is not JSON: %s".formatted(file, e.getOriginalMessage()),
          "delete it; the cell is then computed anew");
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  static void write(Path file, JsonNode node) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      NewFile.write(file, node.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UserError("cannot write %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
