package dev.swax.hub.mamba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Words;
import java.util.List;

/**
 * Between which bounds a step is kept.
 *
 * @param most or infinity
 */
public record StepLimits(double least, double most) {
  /** Steps are what softplus gives. */
  public static final StepLimits NONE = new StepLimits(0, Double.POSITIVE_INFINITY);

  /** The pair of config.json; transformers writes infinity as an object. */
  public static StepLimits of(Config config, String key) {
    if (!config.has(key)) {
      return NONE;
    }
    List<JsonNode> pair = config.all(key);
    if (pair.size() != 2) {
      throw config.wrong(key, "a pair, the least and the most of a step,");
    }
    return new StepLimits(number(config, key, pair.get(0)), number(config, key, pair.get(1)));
  }

  private static double number(Config config, String key, JsonNode node) {
    JsonNode named = node.path("__float__");
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (named.asText().equals("Infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    throw config.wrong(key, node, "a number");
  }

  /** The pair of config.json. */
  public ArrayNode toJson() {
    ArrayNode pair = JsonNodeFactory.instance.arrayNode().add(least);
    if (Double.isInfinite(most)) {
      pair.addObject().put("__float__", "Infinity");
    } else {
      pair.add(most);
    }
    return pair;
  }

  String text(String step) {
    String low = least <= 0 ? step : "max(" + step + ", " + Words.decimal(least) + ")";
    return Double.isInfinite(most) ? low : "min(" + low + ", " + Words.decimal(most) + ")";
  }
}
