package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code swax grid plan} tells of the cells of a file. */
final class PlannedCells {
  private PlannedCells() {}

  /** Their identities, trainings first. */
  static List<String> of(Path folder, String file) throws IOException {
    Run plan = Run.in(folder, "grid", "plan", file, "--json");
    assertThat(plan.code()).as(plan.err()).isZero();
    List<String> ids = new ArrayList<>();
    for (JsonNode cell : new JsonMapper().readTree(plan.out()).get("cells")) {
      ids.add(cell.get("id").asText());
    }
    return ids;
  }
}
