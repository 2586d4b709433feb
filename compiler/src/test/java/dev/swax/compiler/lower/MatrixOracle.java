package dev.swax.compiler.lower;

import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.dplr.DplrShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.matrix.MatrixShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the names of a file of numbers are in terms of the operands of a family of matrices. */
enum MatrixOracle {
  /** As they are: {@code ops.gla.naive}. */
  GLA,

  /** {@code ops.delta_rule.naive} and {@code ops.gated_delta_rule.naive}, whose gate is beta. */
  DELTA {
    @Override
    MatrixShape shape(OracleFile file) {
      int key = file.size("q", 3);
      boolean decay = file.has("log_decay");
      return new DeltaShape(file.size("q", 2), key, file.size("v", 3), scale(key), decay);
    }

    @Override
    double[] operand(OracleFile file, String name) {
      return switch (name) {
        case "write" -> file.of("beta");
        case "erase" -> file.has("log_decay") ? decayed(file, file.of("beta")) : file.of("beta");
        default -> file.of(name);
      };
    }

    @Override
    Map<String, double[]> gradients(OracleFile file, Map<String, double[]> of) {
      Map<String, double[]> gradients = some(of, "q", "k", "v");
      double[] erase = found(of, "erase");
      if (file.has("log_decay")) {
        double[] along = product(operand(file, "erase"), erase);
        gradients.put("dlog_decay", sum(along, found(of, "log_decay")));
        erase = decayed(file, erase);
      }
      gradients.put("dbeta", sum(erase, found(of, "write")));
      return gradients;
    }
  },

  /** As they are: {@code ops.generalized_delta_rule.dplr.naive}, the recurrence of RWKV-7. */
  RWKV7 {
    @Override
    MatrixShape shape(OracleFile file) {
      int key = file.size("q", 3);
      return new DplrShape(file.size("q", 2), key, file.size("v", 3), scale(key));
    }
  },

  /** {@code ops.kda.naive}: w is the decay times k, u is -beta k, and beta k is written at. */
  KDA {
    @Override
    MatrixShape shape(OracleFile file) {
      return RWKV7.shape(file);
    }

    @Override
    double[] operand(OracleFile file, String name) {
      double[] key = file.of("k");
      return switch (name) {
        case "k" -> product(spread(file, file.of("beta")), key);
        case "u" -> product(spread(file, file.of("beta")), key, -1);
        case "w" -> decayed(file, key);
        default -> file.of(name);
      };
    }

    @Override
    Map<String, double[]> gradients(OracleFile file, Map<String, double[]> of) {
      Map<String, double[]> gradients = some(of, "q", "v");
      double[] beta = spread(file, file.of("beta"));
      double[] written = sum(found(of, "k"), product(found(of, "u"), ones(beta), -1));
      gradients.put("dk", sum(product(beta, written), decayed(file, found(of, "w"))));
      gradients.put("dbeta", gathered(file, product(file.of("k"), written)));
      double[] along = product(operand(file, "w"), found(of, "w"));
      gradients.put("dlog_decay", sum(along, found(of, "log_decay")));
      return gradients;
    }

    private double[] spread(OracleFile file, double[] beta) {
      double[] spread = new double[file.of("k").length];
      Arrays.setAll(spread, i -> beta[i / file.size("k", 3)]);
      return spread;
    }

    private double[] gathered(OracleFile file, double[] x) {
      double[] sums = new double[file.of("beta").length];
      for (int i = 0; i < x.length; i++) {
        sums[i / file.size("k", 3)] += x[i];
      }
      return sums;
    }
  };

  MatrixShape shape(OracleFile file) {
    int key = file.size("q", 3);
    return new GlaShape(file.size("q", 2), key, file.size("v", 3), scale(key));
  }

  double[] operand(OracleFile file, String name) {
    return file.of(name);
  }

  /** The gradients by the names in the file, of those of the operands. */
  Map<String, double[]> gradients(OracleFile file, Map<String, double[]> of) {
    return some(of, List.copyOf(of.keySet()).toArray(String[]::new));
  }

  static float scale(int key) {
    return (float) (1 / Math.sqrt(key));
  }

  static Map<String, double[]> some(Map<String, double[]> of, String... names) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    for (String name : names) {
      gradients.put("d" + name, found(of, name));
    }
    return gradients;
  }

  static double[] found(Map<String, double[]> of, String name) {
    return Objects.requireNonNull(of.get(name), name);
  }

  static double[] decayed(OracleFile file, double[] x) {
    double[] product = x.clone();
    Arrays.setAll(product, i -> x[i] * Math.exp(file.of("log_decay")[i]));
    return product;
  }

  static double[] product(double[] a, double[] b) {
    return product(a, b, 1);
  }

  static double[] product(double[] a, double[] b, double sign) {
    double[] product = a.clone();
    Arrays.setAll(product, i -> sign * a[i] * b[i]);
    return product;
  }

  static double[] ones(double[] like) {
    double[] ones = new double[like.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }
}
