package dev.swax.hub.folder;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a published folder has beside its weights. */
public final class HubFolder {
  public static final String CONFIG = "config.json";
  public static final String GENERATION = "generation_config.json";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  private static final long LARGEST = 1 << 24;

  /** Of a tokenizer: as much as swax reads of one. */
  private static final long LARGEST_TOKENIZER = 256 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private HubFolder() {}

  /** The config.json of a folder. */
  public static ObjectNode config(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "there is no folder `%s`".formatted(folder),
          "give a folder with config.json and model.safetensors");
    }
    if (!Files.exists(folder.resolve(CONFIG))) {
      throw new UserError(
          "`%s` has no %s, so it is not a published model".formatted(folder, CONFIG), null);
    }
    return json(folder.resolve(CONFIG));
  }

  /** The JSON object of a file. */
  public static ObjectNode json(Path file) {
    return json(file, LARGEST);
  }

  /** The same of a file that may be as large as a tokenizer.json. */
  public static ObjectNode large(Path file) {
    return json(file, LARGEST_TOKENIZER);
  }

  private static ObjectNode json(Path file, long largest) {
    try {
      if (JSON.readTree(RegularFile.text(file, largest)) instanceof ObjectNode object) {
        return object;
      }
      throw new UserError("`%s` is not a JSON object".formatted(file), null);
    } catch (NoSuchFileException e) {
      throw new UserError("`%s` does not exist".formatted(file), null);
    } catch (IOException e) {
      throw new UserError("cannot read `%s`: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
