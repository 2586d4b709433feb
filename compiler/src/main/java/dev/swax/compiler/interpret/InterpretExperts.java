package dev.swax.compiler.interpret;

import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import java.util.Arrays;
import java.util.List;

/** What experts need, row by row. A value inside of experts is read as [T * A, C]. */
final class InterpretExperts {
  private final List<Matrix> operands;
  private final Bindings bindings;

  InterpretExperts(List<Matrix> operands, Bindings bindings) {
    this.operands = operands;
    this.bindings = bindings;
  }

  List<Matrix> results(ExpertOp op) {
    return switch (op) {
      case ExpertOp.Choose(var choice) -> choose(choice);
      case ExpertOp.Pick _ -> List.of(pick());
      case ExpertOp.PickGradient(int experts) -> List.of(pickGradient(experts));
      case ExpertOp.Dispatch _ -> List.of(dispatch());
      case ExpertOp.Combine _ -> List.of(combine());
      case ExpertOp.SlotDots _ -> List.of(slotDots());
      case ExpertOp.MatMul m ->
          List.of(m.transposeLeft() ? weightGradient(m.experts()) : matmul(m));
      case ExpertOp.Rows _ -> List.of(rows());
      case ExpertOp.RowsGradient(int experts) -> List.of(rowsGradient(experts));
      case ExpertOp.Balance _ -> List.of(operands.getFirst().copy());
      case ExpertOp.BalanceGradient(double coefficient) -> List.of(balanceGradient(coefficient));
    };
  }

  private List<Matrix> choose(ChoiceShape choice) {
    Matrix scores = operands.getFirst();
    Matrix chosen = Matrix.zeros(scores.rows(), choice.active());
    for (int t = 0; t < scores.rows(); t++) {
      boolean[] open = openExperts(scores, t, choice);
      for (int a = 0; a < choice.active(); a++) {
        int best = largest(scores, t, open);
        open[best] = false;
        chosen.set(t, a, best);
      }
    }
    Matrix places = Matrix.zeros(scores.rows(), choice.active());
    Matrix owners = Matrix.zeros(scores.rows(), choice.active());
    int row = 0;
    for (int e = 0; e < choice.experts(); e++) {
      for (int slot = 0; slot < chosen.values().length; slot++) {
        if (chosen.values()[slot] == e) {
          owners.values()[row] = e;
          places.values()[slot] = row;
          row++;
        }
      }
    }
    return List.of(chosen, places, owners);
  }

  /** The first of the largest scores of what is open. */
  private static int largest(Matrix scores, int t, boolean[] open) {
    int best = -1;
    for (int e = 0; e < open.length; e++) {
      if (open[e] && (best < 0 || scores.get(t, e) > scores.get(t, best))) {
        best = e;
      }
    }
    return best;
  }

  private static boolean[] openExperts(Matrix scores, int t, ChoiceShape choice) {
    int size = choice.groupSize();
    Matrix good = Matrix.zeros(1, choice.groups());
    for (int g = 0; g < choice.groups(); g++) {
      double[] group = new double[size];
      for (int e = 0; e < size; e++) {
        group[e] = scores.get(t, g * size + e);
      }
      Arrays.sort(group);
      good.set(0, g, group[size - 1] + (size > 1 ? group[size - 2] : 0));
    }
    var closed = new boolean[choice.groups()];
    Arrays.fill(closed, true);
    var open = new boolean[choice.experts()];
    for (int i = 0; i < choice.activeGroups(); i++) {
      int best = largest(good, 0, closed);
      closed[best] = false;
      Arrays.fill(open, best * size, (best + 1) * size, true);
    }
    return open;
  }

  private Matrix pick() {
    Matrix chosen = operands.get(1);
    Matrix y = Matrix.zeros(chosen.rows(), chosen.columns());
    for (int t = 0; t < y.rows(); t++) {
      for (int a = 0; a < y.columns(); a++) {
        y.set(t, a, operands.getFirst().get(t, (int) chosen.get(t, a)));
      }
    }
    return y;
  }

  private Matrix pickGradient(int experts) {
    Matrix dy = operands.getFirst();
    Matrix dx = Matrix.zeros(dy.rows(), experts);
    for (int t = 0; t < dy.rows(); t++) {
      for (int a = 0; a < dy.columns(); a++) {
        dx.set(t, (int) operands.get(1).get(t, a), dy.get(t, a));
      }
    }
    return dx;
  }

  private double weight(int slot) {
    return operands.size() < 3 ? 1 : operands.get(2).values()[slot];
  }

  private Matrix dispatch() {
    Matrix x = operands.get(0);
    int active = operands.get(1).columns();
    Matrix y = Matrix.zeros(x.rows(), active * x.columns());
    for (int slot = 0; slot < x.rows() * active; slot++) {
      int row = (int) operands.get(1).values()[slot];
      for (int c = 0; c < x.columns(); c++) {
        y.values()[row * x.columns() + c] = weight(slot) * x.get(slot / active, c);
      }
    }
    return y;
  }

  private Matrix combine() {
    Matrix y = operands.get(0);
    int active = operands.get(1).columns();
    Matrix x = Matrix.zeros(y.rows(), y.columns() / active);
    for (int slot = 0; slot < y.rows() * active; slot++) {
      int row = (int) operands.get(1).values()[slot];
      for (int c = 0; c < x.columns(); c++) {
        x.add(slot / active, c, weight(slot) * y.values()[row * x.columns() + c]);
      }
    }
    return x;
  }

  private Matrix slotDots() {
    Matrix x = operands.get(0);
    Matrix y = operands.get(1);
    int active = operands.get(2).columns();
    Matrix dots = Matrix.zeros(x.rows(), active);
    for (int slot = 0; slot < x.rows() * active; slot++) {
      int row = (int) operands.get(2).values()[slot];
      for (int c = 0; c < x.columns(); c++) {
        dots.values()[slot] += x.get(slot / active, c) * y.values()[row * x.columns() + c];
      }
    }
    return dots;
  }

  private Matrix matmul(ExpertOp.MatMul m) {
    Matrix owners = operands.get(2);
    int slots = owners.values().length;
    Matrix weight = operands.get(1);
    Matrix a = inRows(operands.get(0), owners);
    int in = weight.rows() / m.experts();
    Matrix c = Matrix.zeros(slots, m.transposeRight() ? in : weight.columns());
    for (int row = 0; row < slots; row++) {
      int first = (int) owners.values()[row] * in;
      for (int i = 0; i < in; i++) {
        for (int j = 0; j < weight.columns(); j++) {
          if (m.transposeRight()) {
            c.add(row, i, a.get(row, j) * weight.get(first + i, j));
          } else {
            c.add(row, j, a.get(row, i) * weight.get(first + i, j));
          }
        }
      }
    }
    return inTokens(c, owners);
  }

  private Matrix weightGradient(int experts) {
    Matrix owners = operands.get(2);
    Matrix a = inRows(operands.get(0), owners);
    Matrix b = inRows(operands.get(1), owners);
    Matrix c = Matrix.zeros(experts * a.columns(), b.columns());
    for (int row = 0; row < a.rows(); row++) {
      int first = (int) owners.values()[row] * a.columns();
      for (int i = 0; i < a.columns(); i++) {
        for (int j = 0; j < b.columns(); j++) {
          c.add(first + i, j, a.get(row, i) * b.get(row, j));
        }
      }
    }
    return c;
  }

  private Matrix rows() {
    Matrix table = operands.get(0);
    Matrix owners = operands.get(1);
    Matrix y = Matrix.zeros(owners.values().length, table.columns());
    for (int row = 0; row < y.rows(); row++) {
      for (int c = 0; c < y.columns(); c++) {
        y.set(row, c, table.get((int) owners.values()[row], c));
      }
    }
    return inTokens(y, owners);
  }

  private Matrix rowsGradient(int experts) {
    Matrix owners = operands.get(1);
    Matrix dy = inRows(operands.get(0), owners);
    Matrix dTable = Matrix.zeros(experts, dy.columns());
    for (int row = 0; row < dy.rows(); row++) {
      for (int c = 0; c < dy.columns(); c++) {
        dTable.add((int) owners.values()[row], c, dy.get(row, c));
      }
    }
    return dTable;
  }

  /** The balance losses of a graph, times the tokens that are predicted. */
  static double balance(Graph graph, Evaluation values, Bindings bindings) {
    double sum = 0;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Experts(ExpertOp.Balance(double coefficient))) {
        Matrix logits = values.value(node.operand(0));
        double[] slopes = slopes(logits, values.value(node.operand(1)));
        for (int t = 0; t < logits.rows(); t++) {
          double[] p = probabilities(logits, t);
          for (int e = 0; e < p.length; e++) {
            sum += coefficient * predicted(bindings) * slopes[e] * p[e];
          }
        }
      }
    }
    return sum;
  }

  /** What the balance loss grows by with the probability of each expert at a token. */
  private static double[] slopes(Matrix logits, Matrix owners) {
    int experts = logits.columns();
    double[] slopes = new double[experts];
    for (double owner : owners.values()) {
      slopes[(int) owner] += (double) experts / owners.values().length / logits.rows();
    }
    return slopes;
  }

  private static double[] probabilities(Matrix logits, int t) {
    int experts = logits.columns();
    return InterpretSums.softmax(
        Arrays.copyOfRange(logits.values(), t * experts, (t + 1) * experts));
  }

  private static double predicted(Bindings bindings) {
    return Arrays.stream(bindings.targets()).filter(target -> target >= 0).count();
  }

  private Matrix balanceGradient(double coefficient) {
    Matrix logits = operands.get(1);
    double weight = coefficient * bindings.lossScale() * predicted(bindings);
    double[] slopes = slopes(logits, operands.get(2));
    Matrix dLogits = operands.getFirst().copy();
    for (int t = 0; t < logits.rows(); t++) {
      double[] p = probabilities(logits, t);
      double mean = 0;
      for (int e = 0; e < p.length; e++) {
        mean += p[e] * slopes[e];
      }
      for (int e = 0; e < p.length; e++) {
        dLogits.add(t, e, weight * p[e] * (slopes[e] - mean));
      }
    }
    return dLogits;
  }

  /** [T, A * C] as [T * A, C]. */
  private static Matrix inRows(Matrix x, Matrix owners) {
    return Matrix.of(owners.values().length, x.columns() / owners.columns(), x.values());
  }

  private static Matrix inTokens(Matrix rows, Matrix owners) {
    return Matrix.of(owners.rows(), owners.columns() * rows.columns(), rows.values());
  }
}
