package dev.swax.cli.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A comparison for programs: each run with its settings and results, and which settings differ. */
public final class CompareJson {
  private CompareJson() {}

  /** Numbers that a run does not have are null. */
  public static String of(Comparison comparison) {
    ObjectNode root = new JsonMapper().createObjectNode();
    ArrayNode runs = root.putArray("runs");
    for (int i = 0; i < comparison.runs().size(); i++) {
      ComparedRun run = comparison.runs().get(i);
      ObjectNode node = runs.addObject().put("run", run.label()).put("path", run.path().toString());
      ObjectNode settings = node.putObject("settings");
      run.settings().forEach(settings::put);
      ObjectNode results = node.putObject("results");
      for (Result result : comparison.results()) {
        double value = result.values().get(i);
        results.put(result.name(), Double.isFinite(value) ? (Double) value : null);
      }
    }
    ArrayNode differing = root.putArray("differing");
    comparison.settings().stream()
        .filter(Comparison.Setting::differs)
        .forEach(setting -> differing.add(setting.path()));
    comparison.notes().forEach(root.putArray("notes")::add);
    return root.toPrettyString() + "\n";
  }
}
