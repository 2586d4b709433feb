package dev.swax.grid.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.checkpoint.DamagedFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Work that an engine was given, as tasks that are numbered from 0. Its folder has {@code
 * job.json}, {@code job.sh} and three files of each task: {@code N.log} with what the engine says
 * of it, {@code N.node} once it has begun, {@code N.code} once it has ended.
 *
 * @param name by which the engine knows it, unlike any other
 * @param id that the engine gave it; null before it was given one
 * @param models identities of the trainings: one task each, with the measures of its model
 */
public record Job(Path folder, String name, @Nullable String id, List<String> models) {
  private static final String FILE = "job.json";

  public Job {
    models = List.copyOf(models);
  }

  /** Reads one; empty where the folder holds none, or one that was not written to its end. */
  static Optional<Job> read(Path folder) {
    try {
      return Json.read(folder.resolve(FILE))
          .map(root -> {
            List<String> models = new ArrayList<>();
            for (JsonNode model : root.path("models")) {
              models.add(model.asText());
            }
            String id = root.path("id").asText("");
            return new Job(folder, root.path("name").asText(), id.isEmpty() ? null : id, models);
          });
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  /** Keeps it. */
  public void write() {
    ObjectNode root = Json.MAPPER.createObjectNode().put("name", name);
    if (id != null) {
      root.put("id", id);
    }
    var list = root.putArray("models");
    models.forEach(list::add);
    Json.write(folder.resolve(FILE), root);
  }

  /** The same with the identity that the engine gave it. */
  public Job withId(String given) {
    return new Job(folder, name, given, models);
  }

  /** The script that it runs. */
  public Path script() {
    return folder.resolve("job.sh");
  }

  /** Keeps the script that it runs. */
  public void writeScript(String text) {
    Json.write(script(), text);
  }

  /** How a task is called: {@code 17_3}. */
  public String task(int index) {
    return "%s_%d".formatted(id == null ? name : id, index);
  }

  /** How the last process of a task ended; empty where it has not, or was killed. */
  public OptionalInt code(int index) {
    return left(index + ".code")
        .map(String::strip)
        .filter(text -> text.matches("[0-9]{1,3}"))
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }

  /** Where a task has begun; empty where it has not. */
  public Optional<String> node(int index) {
    return left(index + ".node").map(String::strip);
  }

  /** What the engine said of a task. */
  public String log(int index) {
    return left(index + ".log").orElse("");
  }

  /** The text of a file that nodes write. */
  private Optional<String> left(String file) {
    Json.lookAgain(folder);
    return Json.text(folder.resolve(file));
  }
}
