package dev.swax.runtime.task.text.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON value as a text that is the same for all that mean the same: the order of an object's keys
 * says nothing, and {@code 1}, {@code 1.0} and {@code 1e0} are one number.
 */
final class Meaning {
  private Meaning() {}

  static String of(JsonNode node) {
    var text = new StringBuilder();
    append(node, text);
    return text.toString();
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      text.append('{');
      var sorted = new TreeMap<String, JsonNode>();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        sorted.put(field.getKey(), field.getValue());
      }
      sorted.forEach((key, value) -> {
        text.append(TextNode.valueOf(key)).append(':');
        append(value, text);
        text.append(',');
      });
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      node.forEach(item -> {
        append(item, text);
        text.append(',');
      });
      text.append(']');
    } else if (node.isNumber()) {
      text.append(node.decimalValue().stripTrailingZeros());
    } else {
      text.append(node);
    }
  }
}
