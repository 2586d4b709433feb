package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;

/** Whether what a model says of the first values of its embedding and head can be. */
record FirstValues(Evaluator evaluator, Fields fields, Span place) {
  static final String EMBEDDING = "embedding_deviation";
  static final String HEAD = "head_deviation";

  /** Reports what cannot; {@code tied}: the head is the embedding. */
  boolean check(boolean tied) {
    boolean head = tied ? isNotSaid() : isNotNegative(HEAD);
    return isNotNegative(EMBEDDING) && head;
  }

  private boolean isNotSaid() {
    if (!fields.has(HEAD)) {
      return true;
    }
    evaluator.report(
        Code.DEVIATION_OF_TIED_HEAD,
        fields.span(HEAD, place),
        "`head_deviation` is given, but the head is the embedding: `tied` is true",
        "`embedding_deviation` in place of it");
    return false;
  }

  private boolean isNotNegative(String key) {
    double deviation = fields.real(key).orElse(0.0);
    if (deviation >= 0) {
      return true;
    }
    evaluator.report(
        Code.OUT_OF_RANGE,
        fields.span(key, place),
        "`%s` must be 0 or more, but this is %s".formatted(key, deviation),
        "`%s = %s`".formatted(key, -deviation));
    return false;
  }
}
