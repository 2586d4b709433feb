package dev.swax.cli.observe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.runtime.train.MetricLines;
import dev.swax.runtime.train.MetricValues;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The curves of one run or of a part of it, made line by line of its {@code metrics.jsonl}. */
public final class RunCurves {
  private static final String TOKENS = "tokens";

  private final SequencedMap<String, Curve> curves = new LinkedHashMap<>();
  private final SequencedMap<String, Double> last = new LinkedHashMap<>();
  private long step;
  private double tokens;
  private double began;
  private double seconds;
  private long damaged;

  /** Of a whole run. */
  public RunCurves() {
    this(Double.NaN);
  }

  /** Of a part of a run that {@link #began} then. */
  public RunCurves(double began) {
    this.began = began;
  }

  /** Takes the next line, without its end; a damaged one leaves a gap in every curve. */
  public void line(String text) {
    JsonNode line = MetricLines.values(text);
    if (line.isMissingNode()) {
      damaged++;
      curves.values().forEach(Curve::gap);
      return;
    }
    SequencedMap<String, Double> values = MetricValues.of(line);
    step = line.path(MetricValues.STEP).longValue();
    tokens = values.getOrDefault(TOKENS, tokens);
    seconds = seconds(line.path("time").asText());
    var place = new Curve.Place(step, tokens, seconds);
    values.forEach((name, value) -> {
      curves.computeIfAbsent(name, _ -> new Curve()).add(place, value);
      last.put(name, value);
    });
  }

  private double seconds(String time) {
    double now = instant(time);
    if (Double.isNaN(now)) {
      return seconds;
    }
    began = Double.isNaN(began) ? now : began;
    return Math.max(seconds, now - began);
  }

  /** In seconds since 1970; NaN where it is no time: a line of an older swax has none. */
  private static double instant(String time) {
    try {
      return Instant.parse(time).toEpochMilli() / 1e3;
    } catch (DateTimeParseException e) {
      return Double.NaN;
    }
  }

  /**
   * Where a line of a step stands in this run; NaN where the line is of something else, or does not
   * say.
   */
  public Curve.Place place(JsonNode line) {
    boolean ofStep = line.has(TOKENS);
    return new Curve.Place(
        ofStep ? line.path(MetricValues.STEP).asDouble() : Double.NaN,
        ofStep ? line.path(TOKENS).asDouble() : Double.NaN,
        ofStep ? instant(line.path("time").asText()) - began : Double.NaN);
  }

  /** Each curve by the path of its quantity, in the order of first appearance. */
  public SequencedMap<String, Curve> curves() {
    return Collections.unmodifiableSequencedMap(curves);
  }

  /** The last value of each quantity. */
  public SequencedMap<String, Double> last() {
    return Collections.unmodifiableSequencedMap(last);
  }

  /** The step of the last line; 0 before the first. */
  public long step() {
    return step;
  }

  /** Tokens of training up to the last line. */
  public double tokens() {
    return tokens;
  }

  /** From the first line to the last; also what passed between a stop and a resume. */
  public double seconds() {
    return seconds;
  }

  /** When the first line was written, in seconds since 1970; NaN where it does not say. */
  public double began() {
    return began;
  }

  /** How many lines were damaged. */
  public long damaged() {
    return damaged;
  }
}
