package dev.swax.runtime.evaluate;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Choices;
import dev.swax.runtime.task.Example;
import java.util.List;

/** Which of several texts a model finds likeliest. */
final class Chooser {
  private final SequenceReader reader;

  Chooser(SequenceReader reader) {
    this.reader = reader;
  }

  /** 1 where the right option has the largest log-likelihood, and that divided by its size. */
  double[] score(Choices choices) {
    List<Choices.Option> options = choices.options();
    double[] sums = new double[options.size()];
    List<Sequence> sequences =
        options.stream()
            .map(option -> Example.continuation(option.context(), option.continuation()))
            .map(Sequence::of)
            .toList();
    reader.read(sequences, (option, _, row) -> sums[option] -= reader.loss(row));
    for (double sum : sums) {
      if (!Double.isFinite(sum)) {
        throw new UserError("the model's loss on an option is %s".formatted(sum), null);
      }
    }
    double[] means = sums.clone();
    for (int i = 0; i < means.length; i++) {
      means[i] /= options.get(i).size();
    }
    return new double[] {
      first(sums) == choices.right() ? 1 : 0, first(means) == choices.right() ? 1 : 0
    };
  }

  /** Index of the first largest value. */
  private static int first(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
