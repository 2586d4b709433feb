package dev.swax.grid.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One place of a grid's table. */
public sealed interface Entry {
  /** The printed value beside it, or null where the reference has none. */
  @Nullable Reference reference();

  /**
   * A number.
   *
   * @param mean over the seeds
   * @param seeds the value of each seed, in the order of the grid; one element for what needs no
   *     training
   * @param samples how many examples stand behind each of them; 0 for what is computed exactly
   * @param standardError of {@code mean} by the examples, NaN where there is none. The spread over
   *     seeds is another matter: see {@link #spread}
   * @param range its interval; null where it has none
   */
  record Value(
      double mean,
      List<Double> seeds,
      long samples,
      double standardError,
      @Nullable Range range,
      @Nullable Reference reference)
      implements Entry {
    public Value(
        double mean,
        List<Double> seeds,
        long samples,
        double standardError,
        @Nullable Reference reference) {
      this(mean, seeds, samples, standardError, null, reference);
    }

    public Value {
      seeds = List.copyOf(seeds);
    }

    /** Standard deviation over the seeds (n - 1), NaN for fewer than two. */
    public double spread() {
      double squares = 0;
      for (double seed : seeds) {
        squares += (seed - mean) * (seed - mean);
      }
      return seeds.size() < 2 ? Double.NaN : Math.sqrt(squares / (seeds.size() - 1));
    }
  }

  /** What was tried and did not come to an end, in one sentence. */
  record Failed(String reason, @Nullable Reference reference) implements Entry {}

  /**
   * Not there.
   *
   * @param reason what it lacks; null where it was only not run yet
   */
  record Missing(@Nullable String reason, @Nullable Reference reference) implements Entry {}

  /** Has no meaning for this column, as a state's size for a model without a memory. */
  record NotApplicable(String reason, @Nullable Reference reference) implements Entry {}

  /**
   * A value printed elsewhere.
   *
   * @param tolerance how far ours may be from it; NaN where nothing is said
   */
  record Reference(double value, double tolerance) {
    /** Whether a value of ours is no farther away; false where no tolerance is stated. */
    public boolean admits(double ours) {
      // What decimal texts lose on the way to double: half an ulp each, of numbers no larger.
      double rounding = 2 * Math.ulp(Math.abs(value) + tolerance);
      return Math.abs(ours - value) <= tolerance + rounding;
    }
  }
}
