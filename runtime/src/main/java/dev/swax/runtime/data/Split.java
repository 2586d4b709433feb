package dev.swax.runtime.data;

import java.util.List;

/**
 * Training and validation text that have nothing in common.
 *
 * @param notices what should be known about it
 */
public record Split(Corpus training, Corpus validation, List<Notice> notices) {
  public Split {
    notices = List.copyOf(notices);
  }

  public Split(Corpus training, Corpus validation) {
    this(training, validation, List.of());
  }
}
