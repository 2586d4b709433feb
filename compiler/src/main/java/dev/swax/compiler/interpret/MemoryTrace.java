package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.memory.MemoryShape;
import org.jspecify.annotations.Nullable;

/**
 * One head of one sequence of a memory, token after token, with everything that its gradient reads:
 *
 * <pre>
 * m_t = max(log f_t + m_{t-1}, log i_t)                     m, S, n start at 0
 * f'  = exp(log f_t + m_{t-1} - m_t);   i' = exp(log i_t - m_t)
 * S_t = f' S_{t-1} + i' outer(k_t, v_t)
 * n_t = f' n_{t-1} + i' k_t
 * y_t = (scale q_t . S_t) / divisor_t
 * </pre>
 *
 * The divisor is {@code exp(-m)} without a normalizer, {@code s + EPSILON sign(s)} with {@code s =
 * scale q_t . n_t} for the sum, and {@code max(|s|, exp(-m)) + EPSILON} for the bounded one. n is
 * column V of the state: the memory of a value that is always 1.
 */
final class MemoryTrace {
  /** Keeps the divisors away from 0. */
  static final double EPSILON = 1e-6;

  final double[] f;
  final double[] i;
  final double[] rowMax;
  final double[] sums;

  /** States [K, V + 1]; index t is before token t, so the last has index {@code time}. */
  final double[][] before;

  /** As {@link #before}, emptied where a document begins: what token t really builds on. */
  final double[][] entering;

  /** Where a document begins, so that nothing of the earlier states comes through. */
  final boolean[] emptied;

  private final MemoryShape shape;
  private final int head;
  private final int firstRow;
  private final Matrix q;
  private final Matrix k;
  private final Matrix v;
  private final @Nullable Matrix logInput;
  private final @Nullable Matrix logForget;

  private MemoryTrace(MemoryShape shape, RecurrenceValues values, int head, int firstRow) {
    this.shape = shape;
    this.head = head;
    this.firstRow = firstRow;
    q = values.operand("q");
    k = values.operand("k");
    v = values.operand("v");
    logInput = values.operandOrNull("log_input");
    logForget = values.operandOrNull("log_forget");
    int time = values.bindings().time();
    f = new double[time];
    i = new double[time];
    rowMax = new double[time];
    sums = new double[time];
    emptied = new boolean[time];
    before = new double[time + 1][shape.keyWidth() * (shape.valueWidth() + 1)];
    entering = new double[time][];
  }

  /** Walks one head over one sequence whose first row is {@code firstRow}. */
  static MemoryTrace walk(MemoryShape shape, RecurrenceValues values, int head, int firstRow) {
    var trace = new MemoryTrace(shape, values, head, firstRow);
    for (int t = 0; t < values.bindings().time(); t++) {
      trace.step(t, values.bindings().startsDocument(firstRow + t));
    }
    return trace;
  }

  private void step(int t, boolean reset) {
    double previousMax = t == 0 || reset ? 0 : rowMax[t - 1];
    double forget = gate(logForget, t);
    double input = gate(logInput, t);
    rowMax[t] = Math.max(forget + previousMax, input);
    f[t] = Math.exp(forget + previousMax - rowMax[t]);
    i[t] = Math.exp(input - rowMax[t]);
    emptied[t] = reset;
    entering[t] = reset ? new double[before[t].length] : before[t];
    for (int c = 0; c < shape.keyWidth(); c++) {
      double key = key(t, c);
      for (int j = 0; j <= shape.valueWidth(); j++) {
        int at = c * (shape.valueWidth() + 1) + j;
        before[t + 1][at] = f[t] * entering[t][at] + i[t] * key * value(t, j);
      }
    }
    sums[t] = read(t, shape.valueWidth());
  }

  /** {@code scale q_t . (column j of the state after token t)}. */
  double read(int t, int j) {
    double sum = 0;
    for (int c = 0; c < shape.keyWidth(); c++) {
      sum += shape.scale() * query(t, c) * before[t + 1][c * (shape.valueWidth() + 1) + j];
    }
    return sum;
  }

  /** The norm of the state after the last token, its normalizer left out. */
  double norm() {
    double squares = 0;
    double[] last = before[before.length - 1];
    for (int at = 0; at < last.length; at++) {
      boolean isNormalizer = at % (shape.valueWidth() + 1) == shape.valueWidth();
      squares += isNormalizer ? 0 : last[at] * last[at];
    }
    return Math.sqrt(squares) * Math.exp(rowMax[rowMax.length - 1]);
  }

  /** Column j of v with the appended column of ones. */
  double value(int t, int j) {
    return j == shape.valueWidth() ? 1 : v.get(firstRow + t, head * shape.valueWidth() + j);
  }

  double query(int t, int c) {
    return q.get(firstRow + t, head * shape.keyWidth() + c);
  }

  double key(int t, int c) {
    return k.get(firstRow + t, head * shape.keyWidth() + c);
  }

  /** What {@code scale q . S} is divided by at token t. */
  double divisor(int t) {
    return switch (shape.normalizer()) {
      case NONE -> Math.exp(-rowMax[t]);
      case SUM -> sums[t] + Math.copySign(EPSILON, sums[t]);
      case MAX_ABS_ONE -> Math.max(Math.abs(sums[t]), Math.exp(-rowMax[t])) + EPSILON;
    };
  }

  /** d divisor / d sum at token t, the running maximum taken as a constant. */
  double divisorSlope(int t) {
    return switch (shape.normalizer()) {
      case NONE -> 0;
      case SUM -> 1;
      case MAX_ABS_ONE -> Math.abs(sums[t]) > Math.exp(-rowMax[t]) ? Math.signum(sums[t]) : 0;
    };
  }

  /** The divisor that forward keeps for the gradient: the bounded one with the sign of the sum. */
  double keptDivisor(int t) {
    return switch (shape.normalizer()) {
      case NONE, SUM -> divisor(t);
      case MAX_ABS_ONE -> Math.copySign(divisor(t), sums[t]);
    };
  }

  /** The logarithm of a gate; 0 without one. */
  private double gate(@Nullable Matrix logarithm, int t) {
    return logarithm == null ? 0 : logarithm.get(firstRow + t, head);
  }
}
