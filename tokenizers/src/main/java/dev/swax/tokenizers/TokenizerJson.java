package dev.swax.tokenizers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What swax itself needs of a {@code tokenizer.json}. It is read as a stream: a vocabulary may have
 * hundreds of thousands of entries and as many merges.
 */
final class TokenizerJson {
  /** No tokenizer has as many; ids are indices of arrays here. */
  private static final int MOST_TOKENS = 1 << 24;

  static final JsonMapper MAPPER = new JsonMapper(new JsonFactory());

  private final List<@Nullable String> pieces = new ArrayList<>();
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final List<AddedToken> added = new ArrayList<>();
  private int entries;
  private @Nullable String unknown;
  private String prefix = "";
  private boolean merged;
  private JsonNode decoder = MissingNode.getInstance();
  private JsonNode postProcessor = MissingNode.getInstance();

  private TokenizerJson() {}

  /**
   * Reads a file's text.
   *
   * @throws IOException where it is no JSON
   * @throws UserError where it is no tokenizer
   */
  static TokenizerJson read(byte[] text) throws IOException {
    var read = new TokenizerJson();
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new UserError("it is empty", null);
      }
      if (first != JsonToken.START_OBJECT) {
        throw new UserError("it is JSON, but no tokenizer: no object", null);
      }
      read.file(parser);
      if (parser.nextToken() != null) {
        throw new UserError("something stands after its end", null);
      }
    }
    if (read.entries == 0) {
      throw new UserError(
          "it is JSON, but no tokenizer: it has no `vocab` in a `model`",
          "name the `tokenizer.json` of a model");
    }
    if (read.merged && !read.prefix.isEmpty()) {
      // The library ends the process where a merge is shorter than the prefix.
      throw new UserError(
          "its merges have the `continuing_subword_prefix` `%s`, which swax does not know"
              .formatted(read.prefix),
          null);
    }
    read.add();
    return read;
  }

  private void file(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "model" -> model(parser);
        case "added_tokens" -> added(parser.readValueAsTree());
        case "decoder" -> decoder = parser.readValueAsTree();
        case "post_processor" -> postProcessor = parser.readValueAsTree();
        default -> parser.skipChildren();
      }
    }
  }

  private void model(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new UserError("its `model` is no object", null);
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
        numbered(parser);
      } else if (name.equals("vocab") && value == JsonToken.START_ARRAY) {
        scored(parser);
      } else if (name.equals("continuing_subword_prefix")) {
        prefix = parser.getValueAsString("");
      } else if (name.equals("merges")) {
        merged = true;
        parser.skipChildren();
      } else if (name.equals("unk_token")) {
        unknown = parser.getValueAsString();
      } else if (name.equals("dropout") && value.isNumeric() && parser.getDoubleValue() > 0) {
        throw new UserError(
            "its `dropout` is %s: a text would have other tokens each time"
                .formatted(parser.getText()),
            "set `dropout` to null in the file");
      } else {
        parser.skipChildren();
      }
    }
  }

  /** {@code {"a": 0, "b": 1}}. */
  private void numbered(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String piece = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
        throw new UserError("the number of its token `%s` is none".formatted(piece), null);
      }
      piece(piece, parser.getValueAsInt(-1));
    }
  }

  /** {@code [["a", -1.5], ["b", -2]]}. */
  private void scored(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_ARRAY
          || parser.nextToken() != JsonToken.VALUE_STRING) {
        throw new UserError(
            "its token %d is no pair of a text and a score".formatted(entries), null);
      }
      piece(parser.getText(), entries);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
      }
    }
  }

  private void piece(String piece, int id) {
    set(id, piece);
    ids.put(piece, id);
    entries++;
  }

  private void set(int id, String piece) {
    if (id < 0 || id >= MOST_TOKENS) {
      throw new UserError(
          "its token `%s` has the number %d, but 0 to %d can be used"
              .formatted(piece, id, MOST_TOKENS - 1),
          null);
    }
    while (pieces.size() <= id) {
      pieces.add(null);
    }
    pieces.set(id, piece);
  }

  private void added(JsonNode tokens) {
    for (JsonNode token : tokens) {
      added.add(
          new AddedToken(
              token.path("id").asInt(-1),
              token.path("content").asText(),
              token.path("special").asBoolean()));
    }
  }

  /**
   * The numbers of added tokens must be those that the library gives them: the model's own, or the
   * next after all before.
   */
  private void add() {
    int next = entries;
    for (AddedToken token : added) {
      Integer own = ids.get(token.content());
      int given = own == null ? next : own;
      if (given != token.id()) {
        throw new UserError(
            "its added token `%s` has the number %d, but takes %d"
                .formatted(token.content(), token.id(), given),
            "put `added_tokens` in the order of their numbers, without gaps");
      }
      next = Math.max(next, given + 1);
      set(given, token.content());
      ids.put(token.content(), given);
    }
  }

  /** The text of each token as it is in the file, or null where there is none of that number. */
  @Nullable String[] pieces() {
    return pieces.toArray(new String[0]);
  }

  /** The number of a token; null where there is none. */
  @Nullable Integer id(String piece) {
    return ids.get(piece);
  }

  /** Whether there is a token of that number. */
  boolean has(int id) {
    return id >= 0 && id < pieces.size() && pieces.get(id) != null;
  }

  List<AddedToken> added() {
    return List.copyOf(added);
  }

  /** Numbers of the tokens that are no text. */
  BitSet special() {
    var special = new BitSet();
    added.stream().filter(AddedToken::special).forEach(token -> special.set(token.id()));
    return special;
  }

  /** What stands for all that has no token. */
  @Nullable String unknown() {
    return unknown;
  }

  JsonNode decoder() {
    return decoder;
  }

  JsonNode postProcessor() {
    return postProcessor;
  }
}
