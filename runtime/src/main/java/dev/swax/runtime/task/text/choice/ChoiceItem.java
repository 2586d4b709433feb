package dev.swax.runtime.task.text.choice;

import java.util.List;

/**
 * A record as options.
 *
 * @param gold index of the right one
 */
public record ChoiceItem(List<Candidate> candidates, int gold) {
  public ChoiceItem {
    candidates = List.copyOf(candidates);
  }

  /**
   * An option.
   *
   * @param continuation its likelihood after {@code context} counts; it begins with a blank
   */
  public record Candidate(String context, String continuation) {
    /** Characters of the option without the blank: what acc_norm divides by. */
    public int characters() {
      String option = option();
      return option.codePointCount(0, option.length());
    }

    String option() {
      return continuation.startsWith(" ") ? continuation.substring(1) : continuation;
    }
  }

  /** One context, an option each. */
  static ChoiceItem of(String context, List<String> options, int gold) {
    return new ChoiceItem(
        options.stream().map(option -> new Candidate(context, " " + option)).toList(), gold);
  }
}
