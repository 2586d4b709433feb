package dev.swax.runtime.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.evaluate.Score;
import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.TaskScore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * {@code metrics.jsonl}: one JSON object a line, one for every step, and after it one with {@code
 * validation} where the step was validated.
 */
final class Metrics implements AutoCloseable {
  static final String FILE = "metrics.jsonl";

  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final FileChannel channel;
  private long validatedStep;

  private Metrics(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens the file and cuts off what is later than {@code step}, or torn. */
  static Metrics open(Path file, long step) {
    try {
      if (Files.exists(file)) {
        RegularFile.require(file);
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      var metrics = new Metrics(file, channel);
      metrics.cutBack(step);
      return metrics;
    } catch (IOException e) {
      throw new UserError("cannot open %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  private void cutBack(long step) throws IOException {
    byte[] bytes = RegularFile.bytes(file, RegularFile.fitting());
    int kept = 0;
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] != '\n') {
        continue;
      }
      JsonNode line = parse(new String(bytes, kept, end - kept, StandardCharsets.UTF_8));
      if (!line.has("step") || line.get("step").longValue() > step) {
        break;
      }
      validatedStep = line.has("validation") ? line.get("step").longValue() : validatedStep;
      kept = end + 1;
    }
    channel.truncate(kept);
    channel.position(kept);
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // torn: this line and all after it go
    }
  }

  /** The last step that has a validation, or 0. */
  long validatedStep() {
    return validatedStep;
  }

  void write(StepReport report) {
    ObjectNode line = JSON.createObjectNode();
    line.put("step", report.step()).put("loss", report.loss());
    line.put("perplexity", StrictMath.exp(report.loss()));
    line.put("gradientNorm", report.gradientNorm()).put("rate", report.rate());
    ObjectNode windows = line.putObject("windows");
    report.windows().forEach(windows::put);
    line.put("tokens", report.tokens()).put("tokensPerSecond", report.tokensPerSecond());
    line.put("residentBytes", report.residentBytes());
    append(line);
  }

  void writeValidation(long step, Validation validation) {
    ObjectNode line = JSON.createObjectNode().put("step", step);
    ObjectNode values = line.putObject("validation");
    switch (validation) {
      case Validation.Text(Score score) -> write(score, values);
      case Validation.Examples(TaskScore score) -> write(score, values);
    }
    append(line);
    validatedStep = step;
  }

  private static void write(Score score, ObjectNode values) {
    values.put("loss", score.loss()).put("perplexity", score.perplexity());
    values.put("tokens", score.tokens()).put("documents", score.documents());
    if (score.documents() > 1) {
      values.put("standardError", score.standardError());
    }
  }

  private static void write(TaskScore score, ObjectNode values) {
    score.find("loss").ifPresent(loss -> values.put("loss", loss.value()));
    values.put("examples", score.examples());
    ObjectNode metrics = values.putObject("metrics");
    ObjectNode errors = values.putObject("standardErrors");
    for (Metric metric : score.metrics()) {
      metrics.put(metric.name(), metric.value());
      if (metric.count() > 1) {
        errors.put(metric.name(), metric.standardError());
      }
    }
  }

  private void append(ObjectNode line) {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot write to %s: %s".formatted(file, Reasons.of(e)),
          "make room on that disk, then continue with `swax resume`");
    }
  }

  /** Makes sure that what was written is on the disk. */
  void sync() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new UserError("cannot write to %s: %s".formatted(file, Reasons.of(e)), null);
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
