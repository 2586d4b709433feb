package dev.swax.runtime.checkpoint;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: a JSON object from tensor name to {@code {"dtype": "F32",
 * "shape": [rows, columns], "data_offsets": [begin, end]}}, padded with spaces so that the data
 * begin at a multiple of 64 bytes. Before it stands its length, eight bytes, little-endian; after
 * it the data, little-endian, without gaps.
 */
final class SafetensorsHeader {
  /** The format's own limit. */
  static final long MAX_BYTES = 100_000_000;

  static final int PREFIX = Long.BYTES;

  private static final int ALIGNMENT = 64;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private SafetensorsHeader() {}

  /** The JSON of the tensors laid out one after the other, padded. */
  static byte[] write(List<NamedTensor> tensors) {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("__metadata__").put("format", "pt").put("producer", "swax");
    long offset = 0;
    for (NamedTensor tensor : tensors) {
      ObjectNode entry = root.putObject(tensor.name());
      entry.put("dtype", "F32");
      entry.putArray("shape").add(tensor.rows()).add(tensor.columns());
      entry.putArray("data_offsets").add(offset).add(offset + tensor.bytes());
      offset += tensor.bytes();
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + PREFIX + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - PREFIX;
    byte[] header = Arrays.copyOf(json, padded);
    Arrays.fill(header, json.length, padded, (byte) ' ');
    return header;
  }

  /**
   * The entries in the order of their data, which must fill {@code dataBytes} without gap or
   * overlap.
   */
  static List<TensorEntry> read(byte[] header, long dataBytes) throws DamagedFileException {
    List<TensorEntry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : parse(header).properties()) {
      if (!field.getKey().equals("__metadata__")) {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparing(TensorEntry::end));
    long expected = 0;
    for (TensorEntry entry : entries) {
      if (entry.begin() != expected) {
        throw new DamagedFileException(
            "`%s` begins at byte %d of the data, but the tensor before it ends at %d"
                .formatted(entry.name(), entry.begin(), expected));
      }
      expected = entry.end();
    }
    if (expected != dataBytes) {
      throw new DamagedFileException(
          "the header describes %d bytes of data, the file has %d".formatted(expected, dataBytes));
    }
    return entries;
  }

  private static ObjectNode parse(byte[] header) throws DamagedFileException {
    try {
      return SealedJson.parse(new String(header, StandardCharsets.UTF_8));
    } catch (DamagedFileException e) {
      throw new DamagedFileException("the header is damaged: " + e.getMessage());
    }
  }

  private static TensorEntry entry(String name, JsonNode node) throws DamagedFileException {
    if (!node.path("dtype").asText().equals("F32")) {
      throw new DamagedFileException(
          "`%s` is %s, but F32 is expected".formatted(name, node.path("dtype").asText("untyped")));
    }
    JsonNode shape = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!isSizes(shape) || shape.size() > 2 || !isSizes(offsets) || offsets.size() != 2) {
      throw new DamagedFileException("`%s` has no usable shape or offsets".formatted(name));
    }
    long columns = shape.isEmpty() ? 1 : shape.get(shape.size() - 1).longValue();
    long rows = shape.size() < 2 ? 1 : shape.get(0).longValue();
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    boolean sized = rows <= Integer.MAX_VALUE && columns <= Integer.MAX_VALUE;
    boolean whole = (end - begin) % Float.BYTES == 0;
    if (!sized || !whole || (end - begin) / Float.BYTES != rows * columns) {
      throw new DamagedFileException(
          "`%s` has shape [%d, %d], but %d bytes".formatted(name, rows, columns, end - begin));
    }
    return new TensorEntry(name, (int) rows, (int) columns, begin, end);
  }

  /** Whether the node is a list of whole numbers from 0 up. */
  private static boolean isSizes(JsonNode node) {
    if (!node.isArray()) {
      return false;
    }
    for (JsonNode size : node) {
      if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
        return false;
      }
    }
    return true;
  }
}
