package dev.swax.runtime.task.text.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.UserError;
import dev.swax.runtime.Utf8;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One object of JSON, in which nothing is ambiguous: no key twice, no half of a character. */
final class JsonRecord {
  private static final int DEEPEST = 1000;
  private static final int LONGEST_NUMBER = 1000;
  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)' for");

  /** Texts may be as long as the file, whose size is limited when it is read. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(LONGEST_NUMBER)
          .maxNestingDepth(DEEPEST)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** About what a value takes in memory beside its text. */
  private static final long BYTES_OF_A_VALUE = 120;

  private JsonRecord() {}

  /** About how many bytes of memory it takes. */
  static long size(JsonNode node) {
    long size = BYTES_OF_A_VALUE;
    size += node.isTextual() ? node.textValue().length() : 0;
    for (JsonNode child : node) {
      size += size(child);
    }
    return size;
  }

  /** {@code place}: file and line. */
  static JsonNode parse(String place, String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (!node.isObject()) {
        throw new UserError(
            "%s is not a JSON object".formatted(place), "a JSONL file has one object on each line");
      }
      requireWhole(place, node);
      return node;
    } catch (StreamConstraintsException e) {
      boolean deep = e.getOriginalMessage().contains("depth");
      throw new UserError(
          String.format(
              Locale.ROOT,
              deep
                  ? "%s has brackets nested more than %,d deep"
                  : "%s has a number of more than %,d digits",
              place,
              deep ? DEEPEST : LONGEST_NUMBER),
          null);
    } catch (JsonProcessingException e) {
      Matcher twice = TWICE.matcher(e.getOriginalMessage());
      if (twice.find()) {
        throw new UserError("%s has the key `%s` twice".formatted(place, twice.group(1)), null);
      }
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new UserError(
          "%s is not JSON, from column %d on".formatted(place, column),
          "a JSONL file has one object on each line");
    }
  }

  /** Refuses texts that no encoding can hold, such as {@code \\ud83d} alone. */
  private static void requireWhole(String place, JsonNode node) {
    if (node.isTextual()) {
      requireWhole(place, node.textValue());
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      requireWhole(place, field.getKey());
    }
    node.forEach(child -> requireWhole(place, child));
  }

  private static void requireWhole(String place, String text) {
    int half = Utf8.firstHalf(text);
    if (half >= 0) {
      throw new UserError(
          "%s has half of a surrogate pair: `\\u%04x`".formatted(place, (int) text.charAt(half)),
          "write both halves, as in `\\ud83d\\ude00`, or the character itself");
    }
  }
}
