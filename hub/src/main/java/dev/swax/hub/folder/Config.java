package dev.swax.hub.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A config.json. What it does not say is as its class has it by default. A key that the class does
 * not know could change what the model computes.
 */
public final class Config {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST = 1 << 24;

  private final String place;
  private final ObjectNode given;
  private final ObjectNode defaults;
  private final boolean open;
  private final Set<String> asked = new LinkedHashSet<>();

  private Config(String place, ObjectNode given, ObjectNode defaults, boolean open) {
    this.place = place;
    this.given = given;
    this.defaults = defaults;
    this.open = open;
  }

  /**
   * @param place how messages call it
   * @param defaults of the class: all keys that it knows, with null where there is no default
   */
  public static Config of(String place, ObjectNode given, ObjectNode defaults) {
    return new Config(place, given, defaults, false);
  }

  /** An object from a text of this program. */
  public static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** An object inside, {@code rope_parameters}, or an empty one. Its keys are not known before. */
  public Config inside(String key) {
    JsonNode node = value(key);
    if (!node.isMissingNode() && !node.isObject()) {
      throw wrong(key, node, "an object");
    }
    ObjectNode object = node instanceof ObjectNode found ? found : JSON.createObjectNode();
    return new Config(place + ", `" + key + "`", object, JSON.createObjectNode(), true);
  }

  /** Whether the file or its class has a value of it. */
  public boolean has(String key) {
    return !value(key).isMissingNode();
  }

  /** Whether its class knows the key, even if there is no value. */
  public boolean knows(String key) {
    return open || defaults.has(key);
  }

  /** Whether the file says null. */
  public boolean isNull(String key) {
    asked.add(key);
    return given.path(key).isNull();
  }

  /** A whole number from 1 to 16Mi, the largest size of the language. */
  public int size(String key) {
    JsonNode node = required(key);
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < 1
        || node.intValue() > MOST) {
      throw wrong(key, node, "a whole number from 1 to " + MOST);
    }
    return node.intValue();
  }

  /** The same, or another where it has no value. */
  public int size(String key, int otherwise) {
    return has(key) ? size(key) : otherwise;
  }

  /** A whole number from 0. */
  public int count(String key) {
    JsonNode node = required(key);
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
      throw wrong(key, node, "a whole number from 0");
    }
    return node.intValue();
  }

  /** Refuses a larger number. */
  public void atMost(String key, int most) {
    if (value(key).isNumber() && value(key).doubleValue() > most) {
      throw wrong(key, "at most " + most);
    }
  }

  /** Whether it has that word. */
  public boolean says(String key, String word) {
    return value(key).isTextual() && word(key).equals(word);
  }

  /** Whole numbers from 0; none where it has no value. */
  public List<Integer> indices(String key) {
    List<Integer> all = new ArrayList<>();
    JsonNode node = value(key);
    for (JsonNode index : node) {
      all.add(index.isIntegralNumber() ? index.asInt(-1) : -1);
    }
    if (!node.isMissingNode() && (!node.isArray() || all.contains(-1))) {
      throw wrong(key, node, "a list of whole numbers from 0");
    }
    return all;
  }

  public double number(String key) {
    JsonNode node = required(key);
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw wrong(key, node, "a number");
    }
    return node.doubleValue();
  }

  /** A number above 0. */
  public double positive(String key) {
    double number = number(key);
    if (number <= 0) {
      throw wrong(key, "a number above 0");
    }
    return number;
  }

  public double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  /** Whether it says true; what has no value is false. */
  public boolean flag(String key) {
    JsonNode node = value(key);
    if (!node.isMissingNode() && !node.isBoolean()) {
      throw wrong(key, node, "true or false");
    }
    return node.booleanValue();
  }

  public String word(String key) {
    JsonNode node = required(key);
    if (!node.isTextual()) {
      throw wrong(key, node, "a text");
    }
    return node.textValue();
  }

  /** A list of numbers above 0. */
  public List<Double> numbers(String key) {
    JsonNode node = required(key);
    List<Double> all = new ArrayList<>();
    for (JsonNode number : node) {
      all.add(number.isNumber() ? number.doubleValue() : 0);
    }
    if (!node.isArray() || all.isEmpty() || !all.stream().allMatch(Config::isPositive)) {
      throw wrong(key, node, "a list of numbers above 0");
    }
    return all;
  }

  private static boolean isPositive(double number) {
    return number > 0 && Double.isFinite(number);
  }

  /** A list with an element for each layer. */
  public List<JsonNode> each(String key, int layers) {
    List<JsonNode> all = all(key);
    if (all.size() < layers) {
      throw wrong(key, "a list of %d, one for each layer".formatted(layers));
    }
    return all.subList(0, layers);
  }

  /** A list of anything but nothing. */
  public List<JsonNode> all(String key) {
    JsonNode node = required(key);
    if (!node.isArray() || node.isEmpty()) {
      throw wrong(key, node, "a list");
    }
    List<JsonNode> all = new ArrayList<>();
    node.forEach(all::add);
    return all;
  }

  /** Refuses every other value, if there is one. */
  public void require(String key, String... words) {
    JsonNode node = value(key);
    if (!node.isMissingNode() && !List.of(words).contains(node.asText())) {
      throw new UserError(
          "%s has `%s` = %s, but swax computes %s"
              .formatted(place, key, node, String.join(" or ", words)),
          null);
    }
  }

  /** Keys that change nothing that is computed here. */
  public void ignore(String... keys) {
    asked.addAll(List.of(keys));
  }

  /** Refuses what the class does not know; of an object inside, what nobody has asked for. */
  public void finish(Set<String> harmless) {
    for (String key : given.properties().stream().map(e -> e.getKey()).toList()) {
      boolean known = open ? asked.contains(key) : knows(key);
      if (!known && !harmless.contains(key)) {
        throw new UserError(
            "%s has `%s` = %s, which swax does not know and which may change what the model"
                    .formatted(place, key, shortened(given.get(key)))
                + " computes",
            "remove it if you know that it does not");
      }
    }
  }

  /** A fault of the whole object: {@code what} it has, and what helps. */
  public UserError refused(String what, @Nullable String help) {
    return new UserError(place + " " + what, help);
  }

  /** A fault of a value, with what is expected. */
  public UserError wrong(String key, String expected) {
    return wrong(key, value(key), expected);
  }

  /** The same of a value inside. */
  public UserError wrong(String key, JsonNode node, String expected) {
    return new UserError(
        "%s has `%s` = %s, but %s is expected".formatted(place, key, shortened(node), expected),
        null);
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private JsonNode required(String key) {
    JsonNode node = value(key);
    if (node.isMissingNode()) {
      throw new UserError("%s has no `%s`".formatted(place, key), null);
    }
    return node;
  }

  /** Missing where it is absent or null, and where the class has no such key. */
  private JsonNode value(String key) {
    if (!knows(key)) {
      return JSON.missingNode();
    }
    asked.add(key);
    JsonNode node = given.path(key);
    if (!node.isMissingNode() && !node.isNull()) {
      return node;
    }
    JsonNode otherwise = defaults.path(key);
    boolean absent = node.isMissingNode() && !otherwise.isNull();
    return absent ? otherwise : JSON.missingNode();
  }
}
