package dev.swax.compiler.analyze.data;

import dev.swax.compiler.type.Quantity;
import dev.swax.runtime.schedule.Moment;

/** Steps and percentages of training, as moments. */
final class Moments {
  private Moments() {}

  static Moment moment(Quantity quantity) {
    return quantity.dimension().percent()
        ? new Moment.Share(quantity.value().toDouble())
        : new Moment.Step(quantity.value().toLong());
  }

  /** Whether the second is after the first, however long training is. */
  static boolean ascend(Quantity first, Quantity second) {
    return first.dimension().percent() == second.dimension().percent()
        && first.value().compareTo(second.value()) < 0;
  }
}
