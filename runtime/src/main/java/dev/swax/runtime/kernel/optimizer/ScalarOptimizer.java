package dev.swax.runtime.kernel.optimizer;

import dev.swax.runtime.tensor.Tensor;

/** Norm of gradients, and AdamW. */
public final class ScalarOptimizer {

  /** {@code out[c] += sum over parts of partial[part, c]}, in the order of the parts. */
  public void addParts(Tensor partial, int parts, int columns, Tensor out) {
    for (int c = 0; c < columns; c++) {
      float sum = out.get(c);
      for (int part = 0; part < parts; part++) {
        sum += partial.get((long) part * columns + c);
      }
      out.set(c, sum);
    }
  }

  /** {@code Σ x²} in double, first to last. */
  public double sumOfSquares(Tensor x) {
    double sum = 0;
    for (long i = 0; i < x.length(); i++) {
      double value = x.get(i);
      sum += value * value;
    }
    return sum;
  }

  /** One step of AdamW; the formula is at {@link dev.swax.runtime.kernel.Kernels#adamw}. */
  public void adamw(Tensor weight, Tensor gradient, Tensor first, Tensor second, AdamWStep step) {
    double correction1 = 1 - Math.pow(step.beta1(), step.step());
    double correction2 = 1 - Math.pow(step.beta2(), step.step());
    for (long i = 0; i < weight.length(); i++) {
      double g = gradient.get(i) * step.gradientScale();
      double m = step.beta1() * first.get(i) + (1 - step.beta1()) * g;
      double v = step.beta2() * second.get(i) + (1 - step.beta2()) * g * g;
      double w = weight.get(i);
      double direction = m / correction1 / (Math.sqrt(v / correction2) + step.epsilon());
      first.set(i, (float) m);
      second.set(i, (float) v);
      weight.set(i, (float) (w - step.rate() * (direction + step.decay() * w)));
    }
  }
}
