package dev.swax.grid.result;

import java.util.Locale;

/** What is measured again and again while a model is trained. */
public enum Course {
  /** The loss of each step, nats per token. */
  LOSS,
  /** The norm of the state of a head, with each validation. */
  STATE,
  /** The share of attention on the most recent keys, with each validation. */
  RECENT;

  /** As it is called in metrics.jsonl. */
  public String metric() {
    return name().toLowerCase(Locale.ROOT);
  }
}
