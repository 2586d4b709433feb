package dev.swax.runtime.kernel.step;

import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.step.StepInstruction.Reach;
import dev.swax.runtime.kernel.step.StepInstruction.Sum;
import java.util.Arrays;

/**
 * An instruction laid out for a block of heads of some sequences: where its sides lie, and which
 * loop computes it.
 */
final class StepLoop {
  /**
   * A side of an instruction.
   *
   * @param isShared whether it lies with the parameters of all heads
   * @param place of its first head
   * @param step from head to head
   * @param apart from sequence to sequence; 0 where all share it
   */
  record Side(boolean isShared, int place, int step, int apart, Reach reach) {
    int first(int head, int sequence) {
      return place + (isShared ? head * step : sequence * apart);
    }

    boolean isWide() {
      return reach == Reach.FULL || reach == Reach.COLUMN;
    }
  }

  private static final int LANES = SPECIES.length();

  private enum Form {
    /** A function of one value. */
    UNARY,
    /** All heads and rows are one run: each side is as long, or the same number for all. */
    FLAT,
    /** A row of numbers times a table, summed over its rows. */
    READ,
    /** The same with the table first. */
    READ_OF,
    /** A table that was turned round is read. */
    READ_TURNED,
    READ_TURNED_OF,
    /** A product of rows and columns is added to a parameter's gradient. */
    OUTER,
    OUTER_TURNED,
    /** One side is spread over the table of the other. */
    TABLE,
    /** Anything else, a row at a time. */
    ROWS
  }

  private final StepInstruction i;
  private final StepFunction function;
  private final Form form;
  private final Side left;
  private final Side right;
  private final Side result;
  private final int turned;
  private final boolean each;
  private final int size;

  /**
   * @param turned where the shared side lies turned round, or -1
   * @param heads of the whole step
   */
  StepLoop(StepInstruction i, Side left, Side right, Side result, int turned, int heads) {
    this.i = i;
    this.left = left;
    this.right = right;
    this.result = result;
    this.turned = turned;
    function = i.function();
    each = i.each();
    size = i.rows() * i.columns();
    form = form(heads);
  }

  private Form form(int heads) {
    if (function.arity() == 1) {
      return Form.UNARY;
    }
    if (i.sum() == Sum.NONE && isFlat(left, heads) && isFlat(right, heads)) {
      return Form.FLAT;
    }
    if (turned >= 0) {
      return left.isShared() ? Form.READ_TURNED_OF : Form.READ_TURNED;
    }
    return switch (i.sum()) {
      case ROWS -> pair(Reach.ROW, Reach.FULL, Form.READ, Form.READ_OF);
      case ADDED -> pair(Reach.ROW, Reach.COLUMN, Form.OUTER, Form.OUTER_TURNED);
      default -> StepTables.has(i) ? Form.TABLE : Form.ROWS;
    };
  }

  private Form pair(Reach first, Reach second, Form ordered, Form turnedRound) {
    if (left.reach() == first && right.reach() == second) {
      return ordered;
    }
    boolean isTurned = left.reach() == second && right.reach() == first;
    return isTurned ? turnedRound : Form.ROWS;
  }

  /** Whether the numbers of all sequences are one run, or the same number for all. */
  private boolean isRun(Side side, int length) {
    return side.reach() == Reach.FULL
        ? !side.isShared() && side.apart() == length
        : side.isShared() && side.reach() == Reach.ONE;
  }

  private boolean isFlat(Side side, int heads) {
    return (side.reach() == Reach.FULL && (side.step() > 0 || !each))
        || (side.reach() == Reach.ONE && (side.step() == 0 || heads == 1));
  }

  /** Computes so many heads of so many sequences; the first head has that number. */
  void run(
      int heads,
      int sequences,
      float[] own,
      float[] common,
      float[] gradients,
      StepSides sides,
      int head) {
    int count = each ? heads : 1;
    if (sequences > 1 && readsTable()) {
      readTogether(count, sequences, own, common, head);
    } else if (sequences > 1 && isRunOfAll(count * size)) {
      sequence(0, count, sequences * count * size, own, common, gradients, sides, head);
    } else {
      for (int sequence = 0; sequence < sequences; sequence++) {
        sequence(sequence, count, count * size, own, common, gradients, sides, head);
      }
    }
  }

  private boolean isRunOfAll(int length) {
    boolean flat = form == Form.FLAT || form == Form.UNARY;
    return flat && result.apart == length && isRun(left, length) && isRun(right, length);
  }

  /** Whether vectors of whole lanes are made of a table that all sequences share. */
  private boolean readsTable() {
    return switch (form) {
      case READ -> right.isShared && !left.isShared && i.columns() % LANES == 0;
      case READ_OF -> left.isShared && !right.isShared && i.columns() % LANES == 0;
      case READ_TURNED, READ_TURNED_OF -> i.rows() % LANES == 0;
      default -> false;
    };
  }

  private void readTogether(int count, int sequences, float[] own, float[] common, int head) {
    boolean isOf = form == Form.READ_OF || form == Form.READ_TURNED_OF;
    boolean isTurned = form == Form.READ_TURNED || form == Form.READ_TURNED_OF;
    Side table = isOf ? left : right;
    Side vector = isOf ? right : left;
    int first = table.first(head, 0) + (isTurned ? turned - table.place : 0);
    for (int h = 0; h < count; h++) {
      StepTogether.read(
          own,
          vector.place + h * vector.step,
          vector.apart,
          common,
          first + h * table.step,
          result.place + h * result.step,
          result.apart,
          sequences,
          isTurned ? i.columns() : i.rows(),
          isTurned ? i.rows() : i.columns());
    }
  }

  private void sequence(
      int sequence,
      int count,
      int length,
      float[] own,
      float[] common,
      float[] gradients,
      StepSides sides,
      int head) {
    float[] x = left.isShared ? common : own;
    float[] y = right.isShared ? common : own;
    int a = left.first(head, sequence);
    int b = right.first(head, sequence);
    int to = result.place + sequence * result.apart;
    if (form == Form.UNARY) {
      StepUnary.run(function, x, a, own, to, length);
    } else if (form == Form.FLAT) {
      elements(x, a, y, b, own, to, length);
    } else {
      for (int h = 0; h < count; h++) {
        head(x, a, y, b, own, common, gradients, sides, to);
        a += left.step;
        b += right.step;
        to += result.step;
      }
    }
  }

  private void head(
      float[] x,
      int a,
      float[] y,
      int b,
      float[] own,
      float[] common,
      float[] gradients,
      StepSides sides,
      int to) {
    int rows = i.rows();
    int columns = i.columns();
    switch (form) {
      case READ -> StepSums.read(x, a, y, b, own, to, rows, columns);
      case READ_OF -> StepSums.read(y, b, x, a, own, to, rows, columns);
      case READ_TURNED ->
          StepSums.read(x, a, common, b - right.place + turned, own, to, columns, rows);
      case READ_TURNED_OF ->
          StepSums.read(y, b, common, a - left.place + turned, own, to, columns, rows);
      case OUTER -> StepSums.addedOuter(x, a, y, b, gradients, to, rows, columns);
      case OUTER_TURNED -> StepSums.addedOuter(y, b, x, a, gradients, to, rows, columns);
      case TABLE -> StepTables.multiply(i, x, a, y, b, own, to);
      default -> {
        sides.left(x, a, left.reach, columns);
        sides.right(y, b, right.reach, columns);
        byRows(sides, own, gradients, to);
      }
    }
  }

  private void byRows(StepSides sides, float[] own, float[] gradients, int to) {
    int rows = i.rows();
    int columns = i.columns();
    switch (i.sum()) {
      case NONE -> {
        for (int row = 0; row < rows; row++) {
          int a = sides.leftAt(row, 0);
          int b = sides.rightAt(row, 0);
          elements(sides.left, a, sides.right, b, own, to + row * columns, columns);
        }
      }
      case ROWS -> StepSums.rows(sides, own, to, rows, columns);
      case COLUMNS -> StepSums.columns(sides, own, to, rows, columns);
      case ALL -> own[to] = StepSums.all(sides, rows, columns);
      case ADDED -> StepSums.added(sides, gradients, to, rows, columns);
    }
  }

  private void elements(float[] x, int a, float[] y, int b, float[] to, int at, int length) {
    if (left.isWide() && right.isWide()) {
      StepBinary.run(function, x, a, y, b, to, at, length);
    } else if (left.isWide()) {
      StepBinary.run(function, x, a, y[b], to, at, length);
    } else if (right.isWide()) {
      StepBinary.run(function, x[a], y, b, to, at, length);
    } else {
      Arrays.fill(to, at, at + length, (float) function.of(x[a], y[b]));
    }
  }
}
