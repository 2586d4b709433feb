package dev.swax.runtime.kernel.expert;

/**
 * How the experts of a token are chosen by their scores: the {@code active} largest, of the experts
 * of the {@code activeGroups} best groups. A group is as good as the sum of its two largest scores.
 * Of equal scores the lower number wins, among groups too.
 *
 * @param groups into which the experts are divided in order; 1 where there are none
 */
public record ChoiceShape(int experts, int active, int groups, int activeGroups) {
  public ChoiceShape {
    if (active < 1 || active > experts) {
      throw new IllegalArgumentException(active + " of " + experts + " experts");
    }
    if (groups < 1 || experts % groups != 0 || activeGroups < 1 || activeGroups > groups) {
      throw new IllegalArgumentException(
          "%d of %d groups of %d experts".formatted(activeGroups, groups, experts));
    }
    if (active > activeGroups * (experts / groups)) {
      throw new IllegalArgumentException(
          "%d experts of %d groups of %d".formatted(active, activeGroups, experts / groups));
    }
  }

  /** A choice of so many of all experts. */
  public static ChoiceShape of(int experts, int active) {
    return new ChoiceShape(experts, active, 1, 1);
  }

  /** Experts of a group. */
  public int groupSize() {
    return experts / groups;
  }
}
