package dev.swax.runtime.kernel.optimizer;

import dev.swax.runtime.tensor.Tensor;

/** Norm of gradients, AdamW and Muon. */
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

  /** One step of Muon; the formula is at {@link dev.swax.runtime.kernel.Kernels#muon}. */
  public void muon(
      Tensor weight,
      Tensor gradient,
      Tensor momentum,
      int matrices,
      int rows,
      int columns,
      MuonStep step) {
    int size = rows * columns;
    for (int matrix = 0; matrix < matrices; matrix++) {
      long from = (long) matrix * size;
      double[] update = new double[size];
      for (int i = 0; i < size; i++) {
        double g = gradient.get(from + i) * step.gradientScale();
        double m = step.momentum() * momentum.get(from + i) + (1 - step.momentum()) * g;
        momentum.set(from + i, (float) m);
        update[i] = step.nesterov() ? step.momentum() * m + (1 - step.momentum()) * g : m;
      }
      double[] direction = orthogonal(update, rows, columns, step.iterations());
      for (int i = 0; i < size; i++) {
        double w = weight.get(from + i);
        double change = step.scale() * direction[i] + step.decay() * w;
        weight.set(from + i, (float) (w - step.rate() * change));
      }
    }
  }

  /** {@code x / |x|}, then so many times {@code x = a x + (b x xᵀ + c (x xᵀ)²) x}. */
  private static double[] orthogonal(double[] update, int rows, int columns, int iterations) {
    double squares = 0;
    for (double u : update) {
      squares += u * u;
    }
    double length = Math.max(Math.sqrt(squares), MuonStep.SHORTEST);
    double[] x = new double[update.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = update[i] / length;
    }
    for (int i = 0; i < iterations; i++) {
      double[] gram = product(x, transposed(x, rows, columns), rows, columns, rows);
      double[] square = product(gram, gram, rows, rows, rows);
      double[] sum = new double[gram.length];
      for (int j = 0; j < sum.length; j++) {
        sum[j] = MuonStep.B * gram[j] + MuonStep.C * square[j];
      }
      double[] change = product(sum, x, rows, rows, columns);
      for (int j = 0; j < x.length; j++) {
        x[j] = MuonStep.A * x[j] + change[j];
      }
    }
    return x;
  }

  /** {@code a b}. a [m, k], b [k, n]. */
  private static double[] product(double[] a, double[] b, int m, int k, int n) {
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < k; j++) {
        for (int l = 0; l < n; l++) {
          c[i * n + l] += a[i * k + j] * b[j * n + l];
        }
      }
    }
    return c;
  }

  private static double[] transposed(double[] x, int rows, int columns) {
    double[] y = new double[x.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        y[j * rows + i] = x[i * columns + j];
      }
    }
    return y;
  }
}
