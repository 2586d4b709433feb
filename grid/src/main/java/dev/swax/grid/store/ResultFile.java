package dev.swax.grid.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.checkpoint.DamagedFileException;
import dev.swax.runtime.checkpoint.SealedJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The text of a result.json: what came of a cell, which cell that is, and a checksum. A value that
 * is no finite number stands there as {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}.
 */
final class ResultFile {
  private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");

  private ResultFile() {}

  static String write(String cell, Outcome outcome) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("cell", cell);
    ObjectNode metrics = root.putObject("metrics");
    outcome
        .metrics()
        .forEach((name, metric) -> {
          ObjectNode node = metrics.putObject(name);
          put(node, "value", metric.value());
          node.put("count", metric.count());
          put(node, "standardError", metric.standardError());
          if (!metric.examples().isEmpty()) {
            ArrayNode examples = node.putArray("examples");
            metric.examples().forEach(examples::add);
          }
        });
    put(root, "seconds", outcome.seconds());
    put(root, "flops", outcome.flops());
    Instant finished = outcome.finished();
    if (finished != null) {
      root.put("finished", finished.toString());
    }
    if (outcome.endedEarly() > 0) {
      root.put("endedEarly", outcome.endedEarly());
    }
    return SealedJson.seal(root);
  }

  private static void put(ObjectNode node, String field, double value) {
    if (Double.isFinite(value)) {
      node.put(field, value);
    } else {
      node.put(field, Double.toString(value));
    }
  }

  static Outcome read(String cell, String text) throws DamagedFileException {
    ObjectNode root = SealedJson.open(text);
    if (!root.path("cell").asText().equals(cell)) {
      throw new DamagedFileException(
          "it is that of another cell, `%s`".formatted(root.path("cell").asText()));
    }
    SequencedMap<String, Outcome.Metric> metrics = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> metric : root.path("metrics").properties()) {
      JsonNode node = metric.getValue();
      JsonNode count = node.path("count");
      if (!count.canConvertToLong() || !count.isIntegralNumber() || count.asLong() < 0) {
        throw new DamagedFileException(
            "`count` is %s, which is not a number of examples".formatted(count));
      }
      metrics.put(
          metric.getKey(),
          new Outcome.Metric(
              number(node, "value"),
              count.asLong(),
              number(node, "standardError"),
              examples(node.path("examples"))));
    }
    return new Outcome(
        metrics,
        number(root, "seconds"),
        number(root, "flops"),
        finished(root.path("finished")),
        root.path("endedEarly").asLong());
  }

  /** Results of an older swax do not have them. */
  private static List<Double> examples(JsonNode values) throws DamagedFileException {
    List<Double> examples = new ArrayList<>();
    for (JsonNode value : values) {
      if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
        throw new DamagedFileException("`examples` has %s, which is not a number".formatted(value));
      }
      examples.add(value.asDouble());
    }
    return examples;
  }

  /** Results of an older swax do not say it. */
  private static @Nullable Instant finished(JsonNode value) throws DamagedFileException {
    try {
      return value.isMissingNode() ? null : Instant.parse(value.asText());
    } catch (DateTimeParseException e) {
      throw new DamagedFileException("`finished` is %s, which is not a time".formatted(value));
    }
  }

  private static double number(JsonNode node, String field) throws DamagedFileException {
    JsonNode value = node.path(field);
    if (value.isTextual() && NOT_FINITE.contains(value.asText())) {
      return Double.parseDouble(value.asText());
    }
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw new DamagedFileException(
          value.isMissingNode()
              ? "it has no `%s`".formatted(field)
              : "`%s` is %s, which is not a number".formatted(field, value));
    }
    return value.asDouble();
  }
}
