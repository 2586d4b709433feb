package dev.swax.runtime.data.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.swax.runtime.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes the text out of the object that a line holds, and reads over the rest of it. */
final class JsonText {
  static final String ONE_OBJECT = "a file of JSON lines has one object on each line";

  private static final byte[] NONE = {};
  private static final int DEEPEST = 1000;
  private static final int LONGEST_NUMBER = 1000;

  /** Texts may be as long as a line. */
  static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNestingDepth(DEEPEST)
                  .build())
          .build();

  private final String field;
  private final String[] path;
  private @Nullable String text;
  private @Nullable String other;

  /** A point in {@code field} leads into an object, where the field itself has no such name. */
  JsonText(String field) {
    this.field = field;
    this.path = field.split("\\.", -1);
  }

  /** The text of a line in UTF-8; that of a blank line is empty. */
  byte[] of(LineReader line) throws Fault {
    int from = line.from() + (hasMark(line) ? 3 : 0);
    int bad = Utf8.firstMalformed(line.bytes(), from, line.to());
    if (bad >= 0) {
      throw new Fault(
          "not UTF-8",
          "is not UTF-8: byte %d of the line is 0x%02x"
              .formatted(bad - line.from() + 1, line.bytes()[bad]),
          "convert the file, for example with `iconv -f latin1 -t utf-8`");
    }
    try (JsonParser parser = JSON.createParser(line.bytes(), from, line.to() - from)) {
      JsonToken first = parser.nextToken();
      return first == null ? NONE : text(parser, line, from);
    } catch (StreamConstraintsException e) {
      throw tooMuch(e.getOriginalMessage().contains("depth"));
    } catch (JsonEOFException e) {
      throw line.ended()
          ? new Fault("not JSON", "is not JSON: the line ends within its object", ONE_OBJECT)
          : new Fault(
              "cut off",
              "is cut off: the file ends within this line",
              "fetch or make the file again");
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new Fault("not JSON", "is not JSON, from column %d on".formatted(column), ONE_OBJECT);
    } catch (IOException e) {
      throw new AssertionError("bytes in memory can be read", e);
    }
  }

  private byte[] text(JsonParser parser, LineReader line, int from) throws IOException, Fault {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new Fault(
          "no object",
          "is %s, but an object is expected".formatted(JsonFields.value(parser)),
          ONE_OBJECT);
    }
    text = null;
    other = null;
    search(parser, 0);
    if (parser.nextToken() != null) {
      throw new Fault("more than an object", "has more behind its object", ONE_OBJECT);
    }
    return text == null ? without(other, JsonFields.of(line, from)) : bytes(text);
  }

  /** In the object that the parser is at, to its end; {@code depth}: how deep it lies. */
  private void search(JsonParser parser, int depth) throws IOException, Fault {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean whole = depth == 0 && name.equals(field);
      boolean part = name.equals(path[depth]);
      if (whole || (part && depth == path.length - 1)) {
        take(parser, value);
      } else if (part && value == JsonToken.START_OBJECT) {
        search(parser, depth + 1);
      } else {
        if (part && other == null) {
          String at = String.join(".", Arrays.copyOf(path, depth + 1));
          other = "%s as its `%s`, but an object".formatted(JsonFields.value(parser), at);
        }
        parser.skipChildren();
      }
    }
  }

  private void take(JsonParser parser, JsonToken value) throws IOException, Fault {
    if (text != null || other != null) {
      throw new Fault("the field twice", "has the field `%s` twice".formatted(field), null);
    }
    if (value == JsonToken.VALUE_STRING) {
      text = parser.getText();
    } else {
      other = "%s as its `%s`, but text".formatted(JsonFields.value(parser), field);
      parser.skipChildren();
    }
  }

  private byte[] without(@Nullable String other, JsonFields fields) throws Fault {
    if (other == null) {
      throw new Fault(
          "without the field `%s`".formatted(field),
          "has no field `%s`; it has %s".formatted(field, fields.listed()),
          fields.help());
    }
    throw new Fault(
        "`%s` is no text".formatted(field), "has %s is expected".formatted(other), fields.help());
  }

  private static byte[] bytes(String text) throws Fault {
    int half = Utf8.firstHalf(text);
    if (half >= 0) {
      throw new Fault(
          "half of a surrogate pair",
          "has half of a surrogate pair: `\\u%04x`".formatted((int) text.charAt(half)),
          null);
    }
    if (text.indexOf('\0') >= 0) {
      throw new Fault("a character zero", "has a character zero in its text", null);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Fault tooMuch(boolean deep) {
    return new Fault(
        deep ? "nested too deep" : "a number that is too long",
        String.format(
            Locale.ROOT,
            deep
                ? "has brackets nested more than %,d deep"
                : "has a number of more than %,d digits",
            deep ? DEEPEST : LONGEST_NUMBER),
        null);
  }

  /** A byte order mark says nothing in UTF-8. */
  private static boolean hasMark(LineReader line) {
    int at = line.from();
    byte[] bytes = line.bytes();
    return line.number() == 1
        && line.to() - at >= 3
        && bytes[at] == (byte) 0xEF
        && bytes[at + 1] == (byte) 0xBB
        && bytes[at + 2] == (byte) 0xBF;
  }
}
