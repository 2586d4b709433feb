package dev.swax.cli.watch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.swax.cli.observe.Curve;
import dev.swax.cli.observe.RunCurves;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Curves for a chart: no more points than it has pixels, each with the extremes of what it stands
 * for.
 */
final class CurveJson {
  /** What runs along a chart. */
  enum Across {
    STEP,
    TOKENS,
    TIME;

    double of(Curve.Place place) {
      return switch (this) {
        case STEP -> place.step();
        case TOKENS -> place.tokens();
        case TIME -> place.seconds();
      };
    }
  }

  /**
   * What is wanted of a curve.
   *
   * @param from the first place along the chart that is shown
   * @param to the last
   * @param points at most so many
   */
  record View(Across across, double from, double to, int points) {
    /** Whether it is less than all. */
    boolean isPart() {
      return from > Double.NEGATIVE_INFINITY || to < Double.POSITIVE_INFINITY;
    }

    /**
     * The first bucket: the last one before the view stays, so that its line enters from outside.
     */
    int first(Curve curve) {
      int first = 0;
      while (first < curve.size() - 1 && across.of(curve.place(first + 1)) < from) {
        first++;
      }
      return first;
    }

    /** Behind the last bucket, which is the first one behind the view. */
    int end(Curve curve, int first) {
      int end = curve.size();
      while (end > first + 1 && across.of(curve.place(end - 2)) > to) {
        end--;
      }
      return end;
    }
  }

  private final JsonGenerator json;
  private final View view;

  CurveJson(JsonGenerator json, View view) {
    this.json = json;
    this.view = view;
  }

  /** What is wanted. */
  View view() {
    return view;
  }

  /** An object with every curve whose name, or the first part of it, is among the wanted. */
  void write(RunCurves curves, Set<String> names) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Curve> curve : curves.curves().entrySet()) {
      String name = curve.getKey();
      int slash = name.indexOf('/');
      boolean ofGroup = slash > 0 && names.contains(name.substring(0, slash + 1));
      if (names.contains(name) || ofGroup) {
        json.writeFieldName(name);
        write(curve.getValue());
      }
    }
    json.writeEndObject();
  }

  /** Four arrays of one length; null in the last three: a gap. */
  private void write(Curve curve) throws IOException {
    int first = view.first(curve);
    var buckets = Buckets.of(curve, first, view.end(curve, first), view);
    json.writeStartObject();
    array("x", buckets.x(), buckets.size());
    array("low", buckets.low(), buckets.size());
    array("high", buckets.high(), buckets.size());
    array("mean", buckets.mean(), buckets.size());
    json.writeEndObject();
  }

  private void array(String name, double[] values, int size) throws IOException {
    json.writeArrayFieldStart(name);
    for (int i = 0; i < size; i++) {
      if (Double.isFinite(values[i])) {
        number(values[i]);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }

  /** As few digits as a chart can show: those of single precision, no point where it is whole. */
  private void number(double value) throws IOException {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber((float) value);
    }
  }
}
