package dev.swax.runtime.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * An event file, as TensorBoard reads it: every number of a line of {@code metrics.jsonl} as a
 * scalar of its path. A process that continues a run begins a file of its own, whose first event
 * says from which step on those of earlier files no longer count.
 */
final class EventFile implements AutoCloseable {
  /** Where event files are in a run directory. */
  static final String FOLDER = "tensorboard";

  private final Path file;
  private final FileChannel channel;

  private EventFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** A new file in a folder, for the steps after {@code step}. */
  static EventFile create(Path folder, long step) {
    Instant now = Instant.now();
    Path file = name(folder, now);
    try {
      Files.createDirectories(folder);
      var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      var events = new EventFile(file, channel);
      events.write(EventRecord.version(seconds(now)));
      events.write(EventRecord.begins(seconds(now), step + 1));
      return events;
    } catch (IOException e) {
      throw new UserError("cannot write %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  /** TensorBoard reads files of one folder in the order of their names. */
  private static Path name(Path folder, Instant now) {
    return folder.resolve(
        "events.out.tfevents.%010d.%09d.%d.swax"
            .formatted(now.getEpochSecond(), now.getNano(), ProcessHandle.current().pid()));
  }

  /** Adds the numbers of a line; a line of no numbers adds nothing. */
  void write(JsonNode line) {
    Map<String, Double> values = MetricValues.of(line);
    if (!values.isEmpty()) {
      write(EventRecord.scalars(time(line), line.path(MetricValues.STEP).longValue(), values));
    }
  }

  private static double time(JsonNode line) {
    try {
      return seconds(Instant.parse(line.path("time").asText()));
    } catch (DateTimeParseException e) {
      return seconds(Instant.now());
    }
  }

  private static double seconds(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }

  private void write(byte[] event) {
    ByteBuffer record = EventRecord.framed(event);
    try {
      while (record.hasRemaining()) {
        channel.write(record);
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot write to %s: %s".formatted(file, Reasons.of(e)),
          "make room on that disk, then continue with `swax resume`");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UserError("cannot close %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
