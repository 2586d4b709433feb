package dev.swax.grid.report;

import dev.swax.grid.result.Entry;

/**
 * A value beside the one that is printed elsewhere.
 *
 * @param difference ours less theirs; NaN where we have none
 */
record Comparison(Entry.Reference reference, double difference, Verdict verdict) {

  enum Verdict {
    WITHIN,
    OUTSIDE,
    /** No tolerance is stated, or there is nothing to compare. */
    OPEN
  }

  static Comparison of(Entry entry, Entry.Reference reference) {
    double ours = entry instanceof Entry.Value value ? value.mean() : Double.NaN;
    double difference = ours - reference.value();
    return new Comparison(reference, difference, verdict(ours, reference));
  }

  private static Verdict verdict(double ours, Entry.Reference reference) {
    if (!comparable(ours, reference)) {
      return Verdict.OPEN;
    }
    return reference.admits(ours) ? Verdict.WITHIN : Verdict.OUTSIDE;
  }

  private static boolean comparable(double ours, Entry.Reference reference) {
    return !Double.isNaN(ours)
        && !Double.isNaN(reference.value())
        && !Double.isNaN(reference.tolerance());
  }
}
