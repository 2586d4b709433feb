package dev.swax.runtime.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a {@code metrics.jsonl} says. The last field of a line is {@code check}, the CRC-32C of the
 * line without it in hexadecimal, so that a damaged line is known, and only it is lost. Lines of an
 * older swax have none.
 *
 * @param lines those that are whole, in order
 * @param damaged those that are not, as they are; what a killed process left behind the last line's
 *     end is none of them
 */
public record MetricLines(List<Line> lines, List<Line> damaged) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CHECK = ",\"check\":\"";

  public MetricLines {
    lines = List.copyOf(lines);
    damaged = List.copyOf(damaged);
  }

  /**
   * One line.
   *
   * @param number of the line, from 1
   * @param text without its end; bytes that are no UTF-8 are replaced
   * @param values what it says; nothing where it is damaged
   */
  public record Line(int number, String text, JsonNode values) {
    /** The step that it is about. */
    public long step() {
      return values.path("step").longValue();
    }
  }

  /** Those of a file. */
  public static MetricLines read(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    List<Line> damaged = new ArrayList<>();
    byte[] bytes = RegularFile.bytes(file, RegularFile.fitting());
    int start = 0;
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        var line = new Line(lines.size() + damaged.size() + 1, text, values(text));
        (line.values().isMissingNode() ? damaged : lines).add(line);
        start = end + 1;
      }
    }
    return new MetricLines(lines, damaged);
  }

  /** How many steps have a line. */
  public long steps() {
    return lines.stream().mapToLong(Line::step).distinct().count();
  }

  /** The text of a line with its check, and its end. */
  static String seal(ObjectNode values) {
    String text = values.toString();
    String open = text.substring(0, text.length() - 1);
    return "%s,\"check\":\"%s\"}\n".formatted(open, check(text));
  }

  /** What a line without its end says, or a missing node where it is damaged. */
  public static JsonNode values(String text) {
    int end = text.length() - CHECK.length() - 10;
    if (end > 0 && text.startsWith(CHECK, end) && text.endsWith("\"}")) {
      String written = text.substring(end + CHECK.length(), text.length() - 2);
      if (!written.equals(check(text.substring(0, end) + "}"))) {
        return JSON.missingNode();
      }
    }
    try {
      JsonNode values = JSON.readTree(text);
      boolean whole = values.isObject() && values.path("step").canConvertToLong();
      return whole && values.path("step").longValue() > 0 ? values : JSON.missingNode();
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static String check(String text) {
    var crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
