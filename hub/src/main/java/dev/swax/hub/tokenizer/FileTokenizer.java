package dev.swax.hub.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.folder.HubFolder;
import dev.swax.runtime.token.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The tokenizer.json that a tokenizer was read from, with what the swax file says of it: what
 * stands before a text, what ends it, and whether special tokens are found in text.
 */
final class FileTokenizer {
  private final Tokenizer tokenizer;
  private final ObjectNode json;
  private final Map<Integer, String> names = new LinkedHashMap<>();

  private FileTokenizer(Tokenizer tokenizer, ObjectNode json) {
    this.tokenizer = tokenizer;
    this.json = json;
    JsonNode vocabulary = json.path("model").path("vocab");
    if (vocabulary.isArray()) {
      for (int id = 0; id < vocabulary.size(); id++) {
        names.put(id, vocabulary.get(id).path(0).asText());
      }
    }
    vocabulary.properties().forEach(entry -> names.put(entry.getValue().asInt(), entry.getKey()));
    for (JsonNode token : json.path("added_tokens")) {
      names.put(token.path("id").asInt(), token.path("content").asText());
    }
  }

  static PublishedTokenizer of(Tokenizer tokenizer, Path file) {
    var from = new FileTokenizer(tokenizer, HubFolder.large(file));
    from.json.putNull("truncation").putNull("padding");
    from.begin();
    Path settings = file.resolveSibling(HubFolder.TOKENIZER_CONFIG);
    return PublishedTokenizer.of(
        from.json,
        from.settings(
            Files.exists(settings)
                ? HubFolder.json(settings)
                : JsonNodeFactory.instance.objectNode()),
        tokenizer);
  }

  /** What stands before a text, where that is not nothing in the file as well. */
  private void begin() {
    int[] before = tokenizer.prompt("");
    String type = json.path("post_processor").path("type").asText();
    if (before.length == 0 && List.of("", "ByteLevel").contains(type)) {
      return;
    }
    ObjectNode processor = json.putObject("post_processor");
    processor.put("type", "TemplateProcessing");
    template(processor.putArray("single"), before, "A", 0);
    template(template(processor.putArray("pair"), before, "A", 0), before, "B", 1);
    ObjectNode special = processor.putObject("special_tokens");
    for (int id : before) {
      ObjectNode token = special.putObject(name(id)).put("id", name(id));
      token.putArray("ids").add(id);
      token.putArray("tokens").add(name(id));
    }
  }

  private ArrayNode template(ArrayNode parts, int[] before, String sequence, int type) {
    for (int id : before) {
      parts.addObject().putObject("SpecialToken").put("id", name(id)).put("type_id", type);
    }
    parts.addObject().putObject("Sequence").put("id", sequence).put("type_id", type);
    return parts;
  }

  private ObjectNode settings(ObjectNode settings) {
    settings.remove(List.of("add_bos_token", "add_eos_token"));
    IntStream.of(tokenizer.prompt(""))
        .findFirst()
        .ifPresent(id -> settings.put("bos_token", name(id)));
    tokenizer.end().ifPresent(id -> settings.put("eos_token", name(id)));
    settings.put("split_special_tokens", splitsSpecial());
    return settings;
  }

  /** Whether text that looks like a special token is text. */
  private boolean splitsSpecial() {
    for (JsonNode token : json.path("added_tokens")) {
      int[] found = tokenizer.encode(token.path("content").asText());
      if (token.path("special").asBoolean()
          && !Arrays.equals(found, new int[] {token.path("id").asInt()})) {
        return true;
      }
    }
    return false;
  }

  private String name(int id) {
    String name = names.get(id);
    if (name == null) {
      throw new IllegalStateException("no token " + id);
    }
    return name;
  }
}
