package dev.swax.cli.compare;

import dev.swax.cli.observe.Curve;
import dev.swax.cli.observe.RunCurves;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * One result of every run.
 *
 * @param better which way is better
 * @param values of each run; NaN where it has none
 */
record Result(String name, Better better, List<Double> values) {
  private static final String LOSS = "loss";
  private static final String VALIDATION = "validation/";
  private static final int LAST_PART = 20;

  Result {
    values = List.copyOf(values);
  }

  enum Better {
    LOWER,
    HIGHER,
    NEITHER
  }

  /** Of one run, or NaN. */
  private interface Measure {
    double of(RunCurves curves);
  }

  /** All that some run has. */
  static List<Result> of(List<ComparedRun> runs) {
    List<Result> results = new ArrayList<>();
    add(results, "steps", Better.NEITHER, runs, RunCurves::step);
    add(results, "tokens", Better.NEITHER, runs, RunCurves::tokens);
    add(results, "loss, mean of the last 5%", Better.LOWER, runs, Result::lastLoss);
    add(results, "validation/loss, least", Better.LOWER, runs, Result::leastValidation);
    for (String name : lastNames(runs)) {
      add(
          results,
          name,
          better(name),
          runs,
          curves -> curves.last().getOrDefault(name, Double.NaN));
    }
    add(results, "tokens/s, mean", Better.HIGHER, runs, curves -> mean(curves, "tokensPerSecond"));
    add(results, "memory, most, GiB", Better.LOWER, runs, Result::memory);
    add(results, "seconds from first step to last", Better.LOWER, runs, RunCurves::seconds);
    return results;
  }

  private static void add(
      List<Result> results, String name, Better better, List<ComparedRun> runs, Measure measure) {
    List<Double> values =
        runs.stream()
            .map(run -> run.curves().step() == 0 ? Double.NaN : measure.of(run.curves()))
            .toList();
    if (values.stream().anyMatch(Double::isFinite)) {
      results.add(new Result(name, better, values));
    }
  }

  /** What validations and the baseline say, but how much was scored. */
  private static SequencedSet<String> lastNames(List<ComparedRun> runs) {
    SequencedSet<String> names = new LinkedHashSet<>();
    for (ComparedRun run : runs) {
      for (String name : run.curves().last().keySet()) {
        boolean told = name.startsWith(VALIDATION) || name.startsWith("baseline/");
        if (told && !name.matches(".*/(tokens|bytes|documents|examples)")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static Better better(String name) {
    if (name.matches(".*(loss|erplexity|bits)")) {
      return Better.LOWER;
    }
    return name.contains("/metrics/") ? Better.HIGHER : Better.NEITHER;
  }

  private static double lastLoss(RunCurves curves) {
    Curve loss = curves.curves().get(LOSS);
    if (loss == null) {
      return Double.NaN;
    }
    double from = curves.step() - curves.step() / (double) LAST_PART;
    double sum = 0;
    long count = 0;
    for (int at = 0; at < loss.size(); at++) {
      if (loss.count(at) > 0 && (loss.place(at).step() > from || at == loss.size() - 1)) {
        sum += loss.mean(at) * loss.count(at);
        count += loss.count(at);
      }
    }
    return sum / count;
  }

  private static double leastValidation(RunCurves curves) {
    Curve loss = curves.curves().get(VALIDATION + LOSS);
    double least = Double.NaN;
    for (int at = 0; loss != null && at < loss.size(); at++) {
      least = loss.least(at) < least || Double.isNaN(least) ? loss.least(at) : least;
    }
    return least;
  }

  private static double mean(RunCurves curves, String name) {
    Curve curve = curves.curves().get(name);
    double sum = 0;
    long count = 0;
    for (int at = 0; curve != null && at < curve.size(); at++) {
      if (curve.count(at) > 0) {
        sum += curve.mean(at) * curve.count(at);
        count += curve.count(at);
      }
    }
    return sum / count;
  }

  private static double memory(RunCurves curves) {
    Curve curve = curves.curves().get("residentBytes");
    return curve == null ? Double.NaN : curve.greatest() / 0x1p30;
  }

  /** The index of the best, or -1 where none is better than the others. */
  int best() {
    int best = -1;
    boolean tied = false;
    for (int i = 0; better != Better.NEITHER && i < values.size(); i++) {
      double value = values.get(i);
      if (Double.isNaN(value)) {
        continue;
      }
      double order = best < 0 ? -1 : Double.compare(value, values.get(best));
      order = better == Better.HIGHER && best >= 0 ? -order : order;
      tied = best >= 0 && (order == 0 || (tied && order > 0));
      best = best < 0 || order < 0 ? i : best;
    }
    return tied || values.size() < 2 ? -1 : best;
  }
}
