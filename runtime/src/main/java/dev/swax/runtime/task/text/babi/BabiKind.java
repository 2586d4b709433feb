package dev.swax.runtime.task.text.babi;

import java.util.List;
import java.util.Locale;

/** The first five tasks of bAbI. */
public enum BabiKind {
  /** Where somebody is. */
  QA1(World.PLACES),
  /** Where an object is that somebody carries or has dropped. */
  QA2(World.PLACES),
  /** Where an object was before it was where it is. */
  QA3(World.PLACES),
  /** What lies north, south, east or west of a place. */
  QA4(World.PLACES),
  /** Who gave what to whom. */
  QA5(List.of("Bill", "Fred", "Jeff", "Mary", "apple", "football", "milk"));

  private final List<String> labels;

  BabiKind(List<String> labels) {
    this.labels = labels;
  }

  /** As a user writes it: {@code qa1}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All answers there are. */
  public List<String> labels() {
    return labels;
  }
}
