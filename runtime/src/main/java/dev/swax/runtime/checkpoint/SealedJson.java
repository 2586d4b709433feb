package dev.swax.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** JSON objects that end with {@code checksum}: the SHA-256 of all that stands before it. */
public final class SealedJson {
  private static final String CHECKSUM = "checksum";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SealedJson() {}

  /** The text of an object with its checksum. */
  public static String seal(ObjectNode object) {
    ObjectNode sealed = object.deepCopy();
    sealed.put(CHECKSUM, checksum(object));
    return sealed.toPrettyString() + "\n";
  }

  /** Whether the text of an object has a checksum at all; that of an older swax may not. */
  public static boolean isSealed(ObjectNode object) {
    return object.has(CHECKSUM);
  }

  /** The object of a text, without its checksum, which fits. */
  public static ObjectNode open(String text) throws DamagedFileException {
    ObjectNode object = parse(text);
    String written = object.path(CHECKSUM).asText();
    object.remove(CHECKSUM);
    if (!written.equals(checksum(object))) {
      throw new DamagedFileException(
          written.isEmpty() ? "it has no checksum" : "its checksum does not fit");
    }
    return object;
  }

  /** The object of a text, whatever checksum it has. */
  public static ObjectNode parse(String text) throws DamagedFileException {
    if (text.isBlank()) {
      throw new DamagedFileException("it is empty");
    }
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new DamagedFileException(Reasons.of(e));
    }
    throw new DamagedFileException("it is not a JSON object");
  }

  private static String checksum(ObjectNode object) {
    byte[] text = object.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Hashes.sha256().digest(text));
  }
}
