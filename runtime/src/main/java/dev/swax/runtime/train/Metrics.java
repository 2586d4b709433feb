package dev.swax.runtime.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.evaluate.Score;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.TaskScore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.jsonl}: one JSON object a line, one for every step, and after it one with {@code
 * validation} where the step was validated, in the end one with {@code baseline}; {@link
 * MetricLines} says how a line ends.
 */
public final class Metrics implements AutoCloseable {
  /** Its name in a run directory. */
  public static final String FILE = "metrics.jsonl";

  /** Where damaged lines are set aside. */
  static final String DAMAGED = "metrics.damaged";

  static final String BASELINE = "baseline";

  /** What a probe found when a step was validated. */
  public static final String PATHWAYS = "pathways";

  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final @Nullable FileChannel channel;
  private final List<Lowest.Measurement> validations;
  private long validatedStep;
  private @Nullable EventFile events;

  private Metrics(Path file, @Nullable FileChannel channel, List<Lowest.Measurement> validations) {
    this.file = file;
    this.channel = channel;
    this.validations = List.copyOf(validations);
    this.validatedStep = validations.isEmpty() ? 0 : validations.getLast().step();
  }

  /** Those of a process that does not write, since another does. */
  static Metrics silent(long validatedStep) {
    var metrics = new Metrics(Path.of(FILE), null, List.of());
    metrics.validatedStep = validatedStep;
    return metrics;
  }

  /**
   * Opens the file and leaves out what is later than {@code step}. Lines that are damaged go to
   * {@value #DAMAGED}; they are told of, and so is what is missing.
   */
  static Metrics open(Path file, long step, Consumer<String> notices) {
    try {
      List<Lowest.Measurement> validated =
          Disk.isThere(file) ? cutBack(file, step, notices) : List.of();
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      return new Metrics(file, channel, validated);
    } catch (IOException e) {
      throw new UserError("cannot open %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  /** Also writes each line's numbers to an event file, which is closed with this. */
  void copyTo(EventFile file) {
    events = file;
  }

  /** Returns the validations that are kept. */
  private static List<Lowest.Measurement> cutBack(Path file, long step, Consumer<String> notices)
      throws IOException {
    MetricLines all = MetricLines.read(file);
    List<MetricLines.Line> kept = all.lines().stream().filter(line -> line.step() <= step).toList();
    if (!all.damaged().isEmpty()) {
      setAside(all.damaged(), file.resolveSibling(DAMAGED));
      notices.accept(
          "%s: damaged lines: %d, the first is line %d; they were moved to %s, all others are kept"
              .formatted(FILE, all.damaged().size(), all.damaged().getFirst().number(), DAMAGED));
    }
    String text = kept.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
    if (Files.size(file) != text.getBytes(StandardCharsets.UTF_8).length) {
      NewFile.write(file, text);
    }
    long steps = kept.stream().mapToLong(MetricLines.Line::step).distinct().count();
    if (steps < step) {
      notices.accept("%s: %d of %d steps are missing".formatted(FILE, step - steps, step));
    }
    return kept.stream()
        .filter(line -> line.values().has("validation"))
        .map(line -> new Lowest.Measurement(line.step(), loss(line.values().path("validation"))))
        .toList();
  }

  /** {@link Validation#loss} of a validation as it is written. */
  private static double loss(JsonNode validation) {
    JsonNode sources = validation.path("sources");
    return sources.isObject()
        ? sources.valueStream().mapToDouble(Metrics::loss).average().orElse(Double.NaN)
        : validation.path("loss").asDouble(Double.NaN);
  }

  private static void setAside(List<MetricLines.Line> lines, Path file) throws IOException {
    Files.write(
        file,
        lines.stream().map(MetricLines.Line::text).toList(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Those that were there when this was opened, in order. */
  List<Lowest.Measurement> validations() {
    return validations;
  }

  /** The last step that has a validation, or 0. */
  long validatedStep() {
    return validatedStep;
  }

  /** {@code flops}: of training so far. */
  void write(StepReport report, double flops) {
    ObjectNode line = JSON.createObjectNode();
    line.put("step", report.step()).put("time", now()).put("loss", report.loss());
    line.put("perplexity", StrictMath.exp(report.loss()));
    if (report.zLoss() > 0) {
      line.put("zLoss", report.zLoss());
    }
    if (!report.sources().isEmpty()) {
      ObjectNode sources = line.putObject("sources");
      report.sources().forEach(sources::put);
    }
    line.put("gradientNorm", report.gradientNorm()).put("lr", report.rate());
    ObjectNode windows = line.putObject("windows");
    report.windows().forEach(windows::put);
    line.put("tokens", report.tokens()).put("tokensPerSecond", report.tokensPerSecond());
    line.put("flops", flops);
    line.put("residentBytes", report.residentBytes());
    append(line);
  }

  /**
   * {@code pathways}: what a probe found with it; those that are no finite numbers are left out.
   */
  void writeValidation(long step, Validation validation, SequencedMap<String, Double> pathways) {
    ObjectNode line = JSON.createObjectNode().put("step", step).put("time", now());
    write(validation, line.putObject("validation"));
    if (!pathways.isEmpty()) {
      ObjectNode values = line.putObject(PATHWAYS);
      pathways.entrySet().stream()
          .filter(found -> Double.isFinite(found.getValue()))
          .forEach(found -> values.put(found.getKey(), found.getValue()));
    }
    append(line);
    validatedStep = step;
  }

  private static void write(Validation validation, ObjectNode values) {
    switch (validation) {
      case Validation.Text(Score score) -> write(score, values);
      case Validation.Examples(TaskScore score) -> write(score, values);
      case Validation.Mixture(var sources) -> {
        ObjectNode all = values.putObject("sources");
        sources.forEach((name, source) -> write(source, all.putObject(name)));
      }
    }
  }

  /** What a model has to be better than, on the text of the last validation. */
  void writeBaseline(long step, Score score) {
    ObjectNode line = JSON.createObjectNode().put("step", step).put("time", now());
    write(score, line.putObject(BASELINE).put("name", "byte trigram"));
    append(line);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static void write(Score score, ObjectNode values) {
    values.put("loss", score.loss()).put("perplexity", score.perplexity());
    values.put("bits", score.bits()).put("bytePerplexity", score.bytePerplexity());
    values.put("tokens", score.tokens()).put("bytes", score.bytes());
    values.put("documents", score.documents());
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
    if (channel == null) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(MetricLines.seal(line).getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot write to %s: %s".formatted(file, Reasons.of(e)),
          "make room on that disk, then continue with `swax resume`");
    }
    if (events != null) {
      events.write(line);
    }
  }

  /** Makes sure that what was written is on the disk. */
  void sync() {
    try {
      if (channel != null) {
        channel.force(false);
      }
    } catch (IOException e) {
      throw new UserError("cannot write to %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  @Override
  public void close() {
    if (events != null) {
      events.close();
    }
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UserError("cannot close %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
