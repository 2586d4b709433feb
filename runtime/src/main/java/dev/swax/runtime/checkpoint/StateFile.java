package dev.swax.runtime.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * {@code state.json} of a checkpoint: the training state, the SHA-256 of each other file, and
 * {@code checksum}, the SHA-256 of all that stands before it.
 *
 * @param hashes by file name
 */
record StateFile(TrainingState state, SequencedMap<String, String> hashes) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int FORMAT = 1;

  byte[] toBytes() {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT).put("step", state.step());
    ObjectNode positions = root.putObject("positions");
    state.positions().forEach(positions::put);
    ObjectNode files = root.putObject("files");
    hashes.forEach(files::put);
    return SealedJson.seal(root).getBytes(StandardCharsets.UTF_8);
  }

  static StateFile parse(byte[] bytes) throws DamagedFileException {
    ObjectNode root = SealedJson.open(new String(bytes, StandardCharsets.UTF_8));
    if (root.path("format").asInt() != FORMAT) {
      throw new DamagedFileException(
          "its format is %s, but this program reads %d".formatted(root.path("format"), FORMAT));
    }
    SequencedMap<String, Long> positions = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.path("positions").properties()) {
      positions.put(field.getKey(), field.getValue().longValue());
    }
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.path("files").properties()) {
      hashes.put(field.getKey(), field.getValue().asText());
    }
    requireFiles(hashes.sequencedKeySet());
    return new StateFile(new TrainingState(root.path("step").longValue(), positions), hashes);
  }

  /**
   * What it names is read, so it names the checkpoint's own files: all of them, and no others. What
   * comes from elsewhere has no moments.
   */
  private static void requireFiles(Set<String> named) throws DamagedFileException {
    boolean imported = named.equals(Set.of(CheckpointStore.MODEL));
    if (!imported && !named.equals(Set.of(CheckpointStore.MODEL, CheckpointStore.OPTIMIZER))) {
      throw new DamagedFileException(
          "it names the files %s, not %s and %s"
              .formatted(named, CheckpointStore.MODEL, CheckpointStore.OPTIMIZER));
    }
  }
}
