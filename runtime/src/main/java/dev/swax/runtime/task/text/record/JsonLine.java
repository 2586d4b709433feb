package dev.swax.runtime.task.text.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSONL file. Asking for a field that is not there, or is of another type, is a
 * {@link UserError} with file, line and field.
 *
 * @param place file and line
 * @param path of the object within its line, with a point at the end; empty for the line itself
 */
public record JsonLine(String place, String path, JsonNode node) {

  public boolean has(String field) {
    JsonNode value = node.get(field);
    return value != null && !value.isNull();
  }

  public String text(String field) {
    JsonNode value = value(field, "text");
    return value.isTextual() ? value.textValue() : this.<String>mismatch(field, value, "text");
  }

  /** The text of a field that may be missing or null. */
  public String text(String field, String absent) {
    return has(field) ? text(field) : absent;
  }

  /** A whole number, or text that is one. */
  public int integer(String field) {
    JsonNode value = value(field, "a whole number");
    if (value.isTextual() && value.textValue().matches("-?[0-9]{1,9}")) {
      return Integer.parseInt(value.textValue());
    }
    return value.isInt()
        ? value.intValue()
        : this.<Integer>mismatch(field, value, "a whole number");
  }

  public double number(String field) {
    JsonNode value = value(field, "a number");
    double number =
        value.isNumber() ? value.doubleValue() : this.<Double>mismatch(field, value, "a number");
    return Double.isFinite(number)
        ? number
        : this.<Double>mismatch(field, value, "a number below 1e308");
  }

  public boolean truth(String field) {
    JsonNode value = value(field, "true or false");
    return value.isBoolean()
        ? value.booleanValue()
        : this.<Boolean>mismatch(field, value, "true or false");
  }

  /** A list of texts; there may be none in it. */
  public List<String> texts(String field) {
    JsonNode value = value(field, "a list of texts");
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(field, value, "a list of texts")) {
      texts.add(
          item.isTextual()
              ? item.textValue()
              : this.<String>mismatch("%s[%d]".formatted(field, texts.size()), item, "text"));
    }
    return texts;
  }

  public boolean isArray(String field) {
    JsonNode value = node.get(field);
    return value != null && value.isArray();
  }

  public JsonLine object(String field) {
    JsonNode value = value(field, "an object");
    return value.isObject()
        ? new JsonLine(place, path + field + ".", value)
        : this.<JsonLine>mismatch(field, value, "an object");
  }

  public List<JsonLine> objects(String field) {
    JsonNode value = value(field, "a list of objects");
    List<JsonLine> objects = new ArrayList<>();
    for (JsonNode item : array(field, value, "a list of objects")) {
      String name = "%s[%d]".formatted(field, objects.size());
      objects.add(
          item.isObject()
              ? new JsonLine(place, path + name + ".", item)
              : this.<JsonLine>mismatch(name, item, "an object"));
    }
    return objects;
  }

  /** Says what is wrong with a field's value. */
  public UserError wrong(String field, String what, @Nullable String help) {
    return new UserError("%s: `%s%s` %s".formatted(place, path, field, what), help);
  }

  /** What there is instead of the fields of a layout. */
  public String fields() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names.isEmpty() ? "no fields" : "`" + String.join("`, `", names) + "`";
  }

  private JsonNode value(String field, String wanted) {
    JsonNode value = node.get(field);
    if (value == null) {
      throw new UserError(
          "%s has no `%s%s` (%s is expected); it has %s"
              .formatted(place, path, field, wanted, fields()),
          null);
    }
    return value;
  }

  private JsonNode array(String field, JsonNode value, String wanted) {
    return value.isArray() ? value : this.<JsonNode>mismatch(field, value, wanted);
  }

  private <T> T mismatch(String field, JsonNode value, String wanted) {
    throw wrong(field, "is %s, but %s is expected".formatted(kind(value), wanted), null);
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "the text \"%s\"".formatted(shortened(value.textValue()));
      case NUMBER, BOOLEAN -> value.asText();
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "something else";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 37) + "...";
  }
}
