package dev.swax.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A grid that is watched: what its runner planned, and what has come of each cell. */
final class WatchedGrid {
  private static final JsonMapper JSON = new JsonMapper();

  private final String id;
  private final GridFolder folder;
  private volatile ObjectNode told;

  WatchedGrid(String id, Path path) {
    this.id = id;
    this.folder = new GridFolder(path);
    this.told = JSON.createObjectNode().put("id", id);
  }

  /** Looks at every cell. */
  void read() {
    ObjectNode root = JSON.createObjectNode().put("id", id);
    try {
      SequencedMap<String, ObjectNode> cells = planned();
      for (CellFolder cell : folder.all()) {
        String name = String.valueOf(cell.path().getFileName());
        describe(cell, cells.computeIfAbsent(name, _ -> JSON.createObjectNode().put("id", name)));
      }
      cells.values().stream()
          .filter(cell -> cell.has("what"))
          .forEach(root.withArrayProperty("cells")::add);
    } catch (IOException e) {
      root.put("trouble", Reasons.of(e));
    } catch (UserError e) {
      root.put("trouble", e.getMessage());
    }
    told = root;
  }

  /** Every cell that its last runner wanted, in the order of the plan. */
  private SequencedMap<String, ObjectNode> planned() throws IOException {
    SequencedMap<String, ObjectNode> cells = new LinkedHashMap<>();
    try {
      JsonNode plan = JSON.readTree(RegularFile.text(folder.plan(), RegularFile.SMALL));
      for (JsonNode cell : plan.path("cells")) {
        ObjectNode node = JSON.createObjectNode();
        for (String name : new String[] {"id", "what", "column", "seed"}) {
          node.set(name, cell.path(name));
        }
        cells.put(cell.path("id").asText(), node.put("state", "to run"));
      }
    } catch (NoSuchFileException e) {
      return cells; // a grid of an older swax: only cells that have begun are known
    }
    return cells;
  }

  private void describe(CellFolder cell, ObjectNode node) {
    if (!node.has("what")) {
      cell.findDescription()
          .ifPresent(
              is -> node.put("what", is.what()).put("column", is.column()).put("seed", is.seed()));
      node.put("earlier", true);
    }
    node.put("run", cell.hasRun());
    Optional<Outcome> outcome = cell.findOutcome();
    if (outcome.isPresent()) {
      node.put("state", "done").put("seconds", outcome.get().seconds());
      if (outcome.get().endedEarly() > 0) {
        node.put("detail", "ended early at step " + outcome.get().endedEarly());
      }
      outcome.get().metrics().entrySet().stream()
          .findFirst()
          .ifPresent(metric -> put(node, metric));
    } else if (cell.findOwner().isPresent()) {
      node.put("state", "running").put("detail", cell.findOwner().get().describe());
    } else if (cell.findFailure().isPresent()) {
      node.put("state", "failed").put("detail", cell.findFailure().get().message());
    } else {
      node.put("state", cell.hasRun() ? "interrupted" : "to run");
    }
  }

  private static void put(ObjectNode node, Map.Entry<String, Outcome.Metric> metric) {
    node.put("metric", metric.getKey());
    if (Double.isFinite(metric.getValue().value())) {
      node.put("value", metric.getValue().value());
    }
    if (Double.isFinite(metric.getValue().standardError())) {
      node.put("error", metric.getValue().standardError());
    }
  }

  String id() {
    return id;
  }

  /** What was found last. */
  ObjectNode told() {
    return told;
  }
}
