package dev.swax.runtime.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The numbers of a line of {@code metrics.jsonl}, each by its path: {@code validation/loss}. */
public final class MetricValues {
  /** The training step that a line is about, and what it stands for elsewhere. */
  public static final String STEP = "step";

  private MetricValues() {}

  /** Every number but the step, in the order of the line. */
  public static SequencedMap<String, Double> of(JsonNode line) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    collect("", line, values);
    values.remove(STEP);
    return values;
  }

  private static void collect(String path, JsonNode node, SequencedMap<String, Double> values) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = path + field.getKey();
      if (field.getValue().isObject()) {
        collect(name + "/", field.getValue(), values);
      } else if (field.getValue().isNumber()) {
        values.put(name, field.getValue().doubleValue());
      }
    }
  }
}
