package dev.swax.runtime.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.DamagedFileException;
import dev.swax.runtime.checkpoint.SealedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run was made from.
 *
 * @param version of swax
 * @param device that it runs on, in words; where it moved, one after the other
 * @param hashes SHA-256 in hexadecimal of {@code source}, {@code imports}, {@code config}, {@code
 *     code}, {@code data.training} and {@code data.validation}
 * @param changes of the recipe since the run began, in their order
 * @param assumptions values that the source marks as not stated elsewhere, one line each
 * @param ended how it ended before its last step; null: it did not
 */
public record Manifest(
    String version,
    long seed,
    String device,
    SequencedMap<String, String> hashes,
    List<Change> changes,
    List<String> assumptions,
    @Nullable EarlyEnd ended) {
  private static final JsonMapper JSON = new JsonMapper();

  public Manifest {
    hashes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hashes));
    changes = List.copyOf(changes);
    assumptions = List.copyOf(assumptions);
  }

  /**
   * A change of the recipe of a run.
   *
   * @param step after which it holds
   * @param settings as they were typed
   * @param values what became of each value of config.txt that is another now
   */
  public record Change(long step, List<String> settings, SequencedMap<String, String> values) {
    public Change {
      settings = List.copyOf(settings);
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    private void write(ObjectNode node) {
      node.put("step", step);
      settings.forEach(node.putArray("set")::add);
      ObjectNode now = node.putObject("values");
      values.forEach(now::put);
    }

    private static Change read(JsonNode node) {
      List<String> settings = new ArrayList<>();
      node.path("set").forEach(setting -> settings.add(setting.asText()));
      SequencedMap<String, String> values = new LinkedHashMap<>();
      node.path("values").properties().forEach(v -> values.put(v.getKey(), v.getValue().asText()));
      return new Change(node.path("step").longValue(), settings, values);
    }
  }

  /** The names of the hashes that are not what the run began with. */
  List<String> changed(Map<String, String> now) {
    return now.entrySet().stream()
        .filter(hash -> !hash.getValue().equals(hashes.getOrDefault(hash.getKey(), "")))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Refuses data that would train other weights than what the run began with. */
  void requireSameData(TrainingData data) {
    Map<String, String> now = data.trainingHashes();
    for (String name : changed(now)) {
      throw new UserError(
          "the data has changed since the run began: %s was %.12s, is %.12s"
              .formatted(name, hashes.getOrDefault(name, ""), now.get(name)),
          "restore the files, or train again");
    }
  }

  /** Whether a text is that which the run began with, as far as there is a hash of it. */
  boolean isOf(String name, String text) {
    return RunFiles.hash(text).equals(hashes.getOrDefault(name, RunFiles.hash(text)));
  }

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("swax", version).put("java", Runtime.version().toString());
    root.put("seed", seed).put("device", device);
    ObjectNode hashNode = root.putObject("sha256");
    hashes.forEach(hashNode::put);
    if (!changes.isEmpty()) {
      ArrayNode all = root.putArray("changes");
      changes.forEach(change -> change.write(all.addObject()));
    }
    assumptions.forEach(root.putArray("assumptions")::add);
    if (ended != null) {
      ObjectNode end = root.putObject("endedEarly");
      end.put("step", ended.step()).put("best", ended.best());
      end.put("measurements", ended.measurements());
    }
    return SealedJson.seal(root);
  }

  /** The same run, from now on on another device. */
  Manifest continuedOn(String other) {
    String devices = device.endsWith(other) ? device : device + ", then " + other;
    return new Manifest(version, seed, devices, hashes, changes, assumptions, ended);
  }

  /** The same run, which has ended. */
  Manifest ended(EarlyEnd end) {
    return new Manifest(version, seed, device, hashes, changes, assumptions, end);
  }

  /** The same run, from now on by another recipe, so that it has not ended. */
  Manifest changedBy(Change change) {
    List<Change> all = new ArrayList<>(changes);
    all.add(change);
    return new Manifest(version, seed, device, hashes, all, assumptions, null);
  }

  /** Of a text that is whole; that of an older swax has no checksum and no hash of config.txt. */
  static Manifest parse(String text) throws DamagedFileException {
    boolean sealed = SealedJson.isSealed(SealedJson.parse(text));
    ObjectNode root = sealed ? SealedJson.open(text) : SealedJson.parse(text);
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> hash : root.path("sha256").properties()) {
      hashes.put(hash.getKey(), hash.getValue().asText());
    }
    for (String name : sealed ? List.of("source", "config", "code") : List.of("source", "code")) {
      if (!hashes.containsKey(name)) {
        throw new DamagedFileException("it has no `sha256` of `%s`".formatted(name));
      }
    }
    List<Change> changes = new ArrayList<>();
    root.path("changes").forEach(change -> changes.add(Change.read(change)));
    List<String> assumptions = new ArrayList<>();
    root.path("assumptions").forEach(line -> assumptions.add(line.asText()));
    return new Manifest(
        root.path("swax").asText(),
        root.path("seed").longValue(),
        root.path("device").asText(),
        hashes,
        changes,
        assumptions,
        end(root.path("endedEarly")));
  }

  private static @Nullable EarlyEnd end(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new EarlyEnd(
            node.path("step").longValue(),
            node.path("best").longValue(),
            node.path("measurements").intValue());
  }
}
