package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint is what docs/runs.md says: read here by the steps of its lines of Python. */
class CheckpointLayoutTest {
  @TempDir Path folder = Path.of("");

  private final Map<String, String> shapes = new LinkedHashMap<>();
  private final Map<String, float[]> tensors = new LinkedHashMap<>();

  @Test
  void namesShapesAndNumbersAreAsDocumented() throws IOException {
    SmallFile.write(folder, 2);
    Run trained = Run.in(folder, "train", "m.swax", "--run-dir", folder.resolve("run").toString());
    assertThat(trained.code()).as(trained.err()).isZero();
    read(SmallFile.checkpoint(folder.resolve("run"), 2, "model.safetensors"));

    assertThat(shapes)
        .containsEntry("embedding", "[256,32]")
        .containsEntry("layers.0.memory_norm", "[1,32]")
        .containsEntry("layers.1.local_norm", "[1,32]")
        .containsEntry("layers.1.local.q", "[32,32]")
        .containsEntry("layers.1.ffn_norm", "[1,32]")
        .containsEntry("layers.1.ffn.gate", "[32,128]")
        .containsEntry("layers.1.ffn.up", "[32,128]")
        .containsEntry("layers.1.ffn.down", "[128,32]")
        .containsEntry("norm", "[1,32]")
        .containsEntry("head", "[32,256]");
    for (float gain : tensors.getOrDefault("norm", new float[0])) {
      assertThat(gain).as("a gain that began at 1").isBetween(0.5f, 1.5f);
    }
    read(SmallFile.checkpoint(folder.resolve("run"), 2, "optim.safetensors"));
    assertThat(shapes)
        .containsEntry("first.head", "[32,256]")
        .containsKey("second.layers.1.ffn.up");
  }

  private void read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int size = Math.toIntExact(data.getLong(0));
    JsonNode header = new JsonMapper().readTree(new String(bytes, 8, size, StandardCharsets.UTF_8));
    int end = 0;
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals("__metadata__")) {
        continue;
      }
      JsonNode tensor = entry.getValue();
      assertThat(tensor.path("dtype").asText()).isEqualTo("F32");
      assertThat(tensor.path("data_offsets").path(0).asInt()).as("in order").isEqualTo(end);
      end = tensor.path("data_offsets").path(1).asInt();
      shapes.put(entry.getKey(), tensor.path("shape").toString());
      tensors.put(entry.getKey(), floats(data, 8 + size, tensor.path("data_offsets")));
    }
    assertThat(8 + size + end).as("nothing follows").isEqualTo(bytes.length);
  }

  private static float[] floats(ByteBuffer data, int start, JsonNode offsets) {
    int from = start + offsets.path(0).asInt();
    float[] values = new float[(offsets.path(1).asInt() - offsets.path(0).asInt()) / 4];
    data.slice(from, values.length * 4).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
