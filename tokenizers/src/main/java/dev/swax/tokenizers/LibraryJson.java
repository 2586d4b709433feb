package dev.swax.tokenizers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code tokenizer.json} that the library is given. It cuts no text, adds none, and, unless it
 * is asked to, finds no special token in text: they have names there that no text contains, with
 * the same numbers.
 */
final class LibraryJson {
  /** Nobody can write what is drawn anew each time. */
  private static final String NONCE = nonce();

  private final Map<String, String> names = new LinkedHashMap<>();

  private LibraryJson() {}

  static String of(byte[] text, TokenizerJson json, boolean special) throws IOException {
    var library = new LibraryJson();
    if (!special) {
      json.added().stream()
          .filter(AddedToken::special)
          .filter(token -> !token.content().equals(json.unknown()))
          .forEach(token ->
              library.names.put(token.content(), "\0%s %d\0".formatted(NONCE, token.id())));
    }
    return library.write(text);
  }

  private String write(byte[] text) throws IOException {
    var written = new StringWriter(text.length);
    try (JsonParser in = TokenizerJson.MAPPER.createParser(text);
        JsonGenerator out = TokenizerJson.MAPPER.createGenerator(written)) {
      in.nextToken();
      out.writeStartObject();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        in.nextToken();
        out.writeFieldName(name);
        switch (name) {
          case "truncation", "padding", "post_processor" -> {
            in.skipChildren();
            out.writeNull();
          }
          case "added_tokens" -> renamed(in, out, 2);
          case "model" -> model(in, out);
          default -> out.copyCurrentStructure(in);
        }
      }
      out.writeEndObject();
    }
    return written.toString();
  }

  private void model(JsonParser in, JsonGenerator out) throws IOException {
    out.writeStartObject();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      out.writeFieldName(name);
      if (name.equals("vocab")) {
        renamed(in, out, 2);
      } else {
        out.copyCurrentStructure(in);
      }
    }
    out.writeEndObject();
  }

  /** Copies a value; names and texts down to that depth are renamed. */
  private void renamed(JsonParser in, JsonGenerator out, int most) throws IOException {
    int depth = 0;
    while (true) {
      switch (in.currentToken()) {
        case FIELD_NAME -> out.writeFieldName(name(in.currentName()));
        case VALUE_STRING -> out.writeString(depth <= most ? name(in.getText()) : in.getText());
        default -> out.copyCurrentEvent(in);
      }
      depth += in.currentToken().isStructStart() ? 1 : in.currentToken().isStructEnd() ? -1 : 0;
      if (depth == 0) {
        return;
      }
      in.nextToken();
    }
  }

  private String name(String piece) {
    return names.getOrDefault(piece, piece);
  }

  private static String nonce() {
    byte[] drawn = new byte[16];
    new SecureRandom().nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
