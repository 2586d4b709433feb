package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The bytes of event files. {@code events.json} holds records, and what TensorBoard's own reader
 * made of them: its {@code EventFileLoader}, which checks every checksum.
 */
class EventRecordTest {
  private static JsonNode read() throws IOException {
    try (InputStream in = EventRecordTest.class.getResourceAsStream("events.json")) {
      return new JsonMapper().readTree(Objects.requireNonNull(in));
    }
  }

  @Test
  void theyAreWhatTensorBoardReads() throws IOException {
    JsonNode read = read();
    var file = new ByteArrayOutputStream();
    for (JsonNode event : read.path("events")) {
      file.writeBytes(array(EventRecord.framed(record(event))));
    }
    assertThat(HexFormat.of().formatHex(file.toByteArray())).isEqualTo(read.path("hex").asText());
    assertThat(read.path("events").size()).isEqualTo(5);
  }

  /** An event as TensorBoard told it, written again. */
  private static byte[] record(JsonNode event) {
    double time = event.path("wall_time").doubleValue();
    long step = event.path("step").longValue();
    if (event.has("file_version")) {
      assertThat(event.path("file_version").asText()).isEqualTo("brain.Event:2");
      return EventRecord.version(time);
    }
    if (event.has("session")) {
      assertThat(event.path("session").asText()).isEqualTo("START");
      return EventRecord.begins(time, step);
    }
    Map<String, Double> values = new LinkedHashMap<>();
    event.path("values").properties().forEach(v -> values.put(v.getKey(), v.getValue().asDouble()));
    return EventRecord.scalars(time, step, values);
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** The checksum of 32 zeros is in RFC 3720; the mask is that of TFRecord files. */
  @Test
  void checksumsAreMasked() {
    int crc = 0x8a9136aa;
    int masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    assertThat(EventRecord.checksum(new byte[32], 32)).isEqualTo(masked);
  }
}
