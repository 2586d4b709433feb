package dev.swax.runtime.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.checkpoint.DamagedFileException;
import dev.swax.runtime.checkpoint.SealedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a run was made from.
 *
 * @param version of swax
 * @param device that it runs on, in words; where it moved, one after the other
 * @param hashes SHA-256 in hexadecimal of {@code source}, {@code imports}, {@code config}, {@code
 *     code}, {@code data.training} and {@code data.validation}
 * @param assumptions values that the source marks as not stated elsewhere, one line each
 */
public record Manifest(
    String version,
    long seed,
    String device,
    SequencedMap<String, String> hashes,
    List<String> assumptions) {
  private static final JsonMapper JSON = new JsonMapper();

  public Manifest {
    hashes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hashes));
    assumptions = List.copyOf(assumptions);
  }

  /** The names of the hashes that are not what the run began with. */
  List<String> changed(Map<String, String> now) {
    return now.entrySet().stream()
        .filter(hash -> !hash.getValue().equals(hashes.getOrDefault(hash.getKey(), "")))
        .map(Map.Entry::getKey)
        .toList();
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
    assumptions.forEach(root.putArray("assumptions")::add);
    return SealedJson.seal(root);
  }

  /** The same run, from now on on another device. */
  Manifest continuedOn(String other) {
    return new Manifest(version, seed, device + ", then " + other, hashes, assumptions);
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
    List<String> assumptions = new ArrayList<>();
    root.path("assumptions").forEach(line -> assumptions.add(line.asText()));
    return new Manifest(
        root.path("swax").asText(),
        root.path("seed").longValue(),
        root.path("device").asText(),
        hashes,
        assumptions);
  }
}
