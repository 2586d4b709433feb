package dev.swax.cli.verify;

import java.util.Map;

/**
 * The largest of errors, and where it is. NaN is larger than every number: what is not a number
 * anywhere is none in the end.
 */
record Worst(String where, double error) {
  static Worst of(Map<String, Double> errors) {
    Worst worst = new Worst("", 0);
    for (Map.Entry<String, Double> entry : errors.entrySet()) {
      if (Double.compare(entry.getValue(), worst.error()) > 0) {
        worst = new Worst(entry.getKey(), entry.getValue());
      }
    }
    return worst;
  }
}
