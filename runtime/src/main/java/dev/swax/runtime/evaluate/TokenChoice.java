package dev.swax.runtime.evaluate;

import dev.swax.runtime.UserError;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.PriorityQueue;

/** Draws tokens from logits. One draw a token, even where it is not used. */
final class TokenChoice {
  private final Sampling sampling;
  private final RandomStream stream;
  private final double[] weights;

  TokenChoice(Sampling sampling, RandomStream stream, int vocabulary) {
    this.sampling = sampling;
    this.stream = stream;
    this.weights = new double[vocabulary];
  }

  /**
   * A token by the logits {@code from .. from + vocabulary}; of equally likely ones the first is
   * preferred.
   */
  int choose(Tensor logits, long from) {
    double draw = stream.nextDouble();
    int best = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = logits.get(from + i);
      if (!Double.isFinite(weights[i])) {
        throw new UserError("the model's logit of token %d is %s".formatted(i, weights[i]), null);
      }
      best = weights[i] > weights[best] ? i : best;
    }
    return sampling.temperature() == 0 ? best : draw(draw, weights[best]);
  }

  private int draw(double draw, double highest) {
    double least = leastAllowed();
    long free = sampling.topK() - Arrays.stream(weights).filter(w -> w > least).count();
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      boolean allowed = weights[i] > least || (weights[i] == least && free-- > 0);
      weights[i] = allowed ? StrictMath.exp((weights[i] - highest) / sampling.temperature()) : 0;
      sum += weights[i];
    }
    return pick(draw * sum);
  }

  /** The token at which the running sum of weights passes {@code target}. */
  private int pick(double target) {
    double below = 0;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        below += weights[i];
        if (target < below) {
          return i;
        }
      }
    }
    return last;
  }

  /** The k-th largest logit. */
  private double leastAllowed() {
    if (sampling.topK() == 0 || sampling.topK() >= weights.length) {
      return Double.NEGATIVE_INFINITY;
    }
    var largest = new PriorityQueue<Double>(sampling.topK()); // the smallest of them first
    for (double weight : weights) {
      if (largest.size() < sampling.topK()) {
        largest.add(weight);
      } else if (weight > largest.element()) {
        largest.remove();
        largest.add(weight);
      }
    }
    return largest.element();
  }
}
