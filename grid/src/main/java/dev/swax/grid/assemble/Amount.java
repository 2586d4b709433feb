package dev.swax.grid.assemble;

import dev.swax.grid.result.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of an expression for one column and one seed. */
sealed interface Amount {

  /**
   * A number.
   *
   * @param error standard error by the examples, NaN where there is none
   * @param samples the fewest examples that stand behind a part of it; 0 for what is exact
   * @param range its interval; null where it has none
   */
  record Known(double value, double error, long samples, @Nullable Range range) implements Amount {
    Known(double value, double error, long samples) {
      this(value, error, samples, null);
    }

    static Known exact(double value) {
      return new Known(value, 0, 0);
    }

    /** Of the seeds, in the one way in which tables, choices and expectations take it. */
    static double mean(List<Known> seeds) {
      return seeds.stream().mapToDouble(Known::value).sum() / seeds.size();
    }
  }

  record Failed(String reason) implements Amount {}

  /**
   * Not there.
   *
   * @param reason what it lacks; null where it was only not run yet
   */
  record Missing(@Nullable String reason) implements Amount {}

  record NotApplicable(String reason) implements Amount {}

  /** How bad it is for what is made of it: the worst part decides. */
  default int severity() {
    return switch (this) {
      case Known _ -> 0;
      case Missing(String reason) -> reason == null ? 1 : 2;
      case Failed _ -> 3;
      case NotApplicable _ -> 4;
    };
  }

  /** The worse of two. */
  static Amount worse(Amount a, Amount b) {
    return a.severity() >= b.severity() ? a : b;
  }
}
