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
  static byte[] write(List<MadeTensor> tensors) {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("__metadata__").put("format", "pt").put("producer", "swax");
    long offset = 0;
    for (MadeTensor tensor : tensors) {
      ObjectNode entry = root.putObject(tensor.name());
      entry.put("dtype", tensor.format().name());
      tensor.shape().forEach(entry.putArray("shape")::add);
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

  /** What swax itself writes: matrices of fp32. */
  static void requireMatrices(List<TensorEntry> entries) throws DamagedFileException {
    for (TensorEntry entry : entries) {
      if (!entry.dtype().equals(NumberFormat.F32.name())) {
        throw new DamagedFileException(
            "`%s` is %s, but F32 is expected".formatted(entry.name(), entry.dtype()));
      }
      boolean sized = entry.shape().stream().allMatch(size -> size <= Integer.MAX_VALUE);
      if (entry.shape().size() > 2 || !sized) {
        throw new DamagedFileException(
            "`%s` has shape %s, but a matrix is expected"
                .formatted(entry.name(), entry.shapeText()));
      }
    }
  }

  private static TensorEntry entry(String name, JsonNode node) throws DamagedFileException {
    JsonNode shape = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!isSizes(shape) || !isSizes(offsets) || offsets.size() != 2) {
      throw new DamagedFileException("`%s` has no usable shape or offsets".formatted(name));
    }
    List<Long> sizes = new ArrayList<>();
    shape.forEach(size -> sizes.add(size.longValue()));
    String dtype = node.path("dtype").asText("untyped");
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    var entry = new TensorEntry(name, dtype, sizes, begin, end);
    if (begin > end || !fits(entry)) {
      throw new DamagedFileException(
          "`%s` has shape %s of %s, but %d bytes"
              .formatted(name, entry.shapeText(), dtype, end - begin));
    }
    return entry;
  }

  /** Whether the bytes are those of the shape, of a type that is known. */
  private static boolean fits(TensorEntry entry) {
    try {
      long count = entry.shape().stream().reduce(1L, Math::multiplyExact);
      return NumberFormat.find(entry.dtype())
          .map(format -> Math.multiplyExact(count, format.bytes()) == entry.end() - entry.begin())
          .orElse(true);
    } catch (ArithmeticException e) {
      return false;
    }
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
