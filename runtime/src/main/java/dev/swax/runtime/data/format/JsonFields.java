package dev.swax.runtime.data.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.swax.runtime.Visible;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an object has instead of the field that is asked for.
 *
 * @param names of all fields
 * @param longest the path of the one with the longest text, or null
 */
record JsonFields(List<String> names, @Nullable String longest) {
  private static final int SHOWN = 10;
  private static final int CHARACTERS = 40;

  JsonFields {
    names = List.copyOf(names);
  }

  /** Those of a line that is known to be JSON. */
  static JsonFields of(LineReader line, int from) throws IOException {
    var search = new Search();
    try (JsonParser parser = JsonText.JSON.createParser(line.bytes(), from, line.to() - from)) {
      parser.nextToken();
      search.object(parser, "");
    }
    return new JsonFields(search.names, search.longest);
  }

  /** Texts of an object, and of the objects in it. */
  private static final class Search {
    private final List<String> names = new ArrayList<>();
    private @Nullable String longest;
    private int length;

    private void object(JsonParser parser, String above) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String path = above + parser.currentName();
        if (above.isEmpty()) {
          names.add(path);
        }
        switch (parser.nextToken()) {
          case VALUE_STRING -> {
            if (parser.getTextLength() > length) {
              longest = path;
              length = parser.getTextLength();
            }
          }
          case START_OBJECT -> object(parser, path + ".");
          default -> parser.skipChildren();
        }
      }
    }
  }

  String listed() {
    if (names.isEmpty()) {
      return "no fields";
    }
    String first =
        names.stream()
            .limit(SHOWN)
            .map(name -> "`" + shown(name) + "`")
            .collect(Collectors.joining(", "));
    int more = names.size() - SHOWN;
    return more <= 0 ? first : first + " and %d more".formatted(more);
  }

  /** What to type. */
  @Nullable String help() {
    return longest == null || !shown(longest).equals(longest) || longest.matches(".*[\"\\\\].*")
        ? null
        : "for example `field = \"%s\"`".formatted(longest);
  }

  /** The value that a parser is at, in words. */
  static String value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "the text \"%s\"".formatted(shown(parser.getText()));
      default -> shown(parser.getText());
    };
  }

  private static String shown(String text) {
    String harmless = Visible.harmless(text);
    return harmless.length() <= CHARACTERS
        ? harmless
        : harmless.substring(0, CHARACTERS - 3) + "...";
  }
}
