package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.updates.UpdatesShape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Several updates for each token: the recurrence of one update over the text of all of them, of
 * which only the last of each token is read.
 */
record InterpretUpdates(UpdatesShape shape) implements RecurrenceMeaning {

  @Override
  public List<Matrix> forward(RecurrenceValues values) {
    List<Matrix> all = Recurrences.of(shape.each()).forward(all(values));
    var results = new ArrayList<Matrix>();
    results.add(part(all.getFirst(), shape.updates() - 1));
    for (Matrix aside : all.subList(1, all.size())) {
      int columns = aside.columns() * shape.updates();
      results.add(Matrix.of(values.bindings().rows(), columns, aside.values()));
    }
    return results;
  }

  @Override
  public OptionalDouble stateNorm(RecurrenceValues values) {
    return Recurrences.of(shape.each()).stateNorm(all(values));
  }

  @Override
  public List<Matrix> gradient(RecurrenceValues values) {
    List<Matrix> all = Recurrences.of(shape.each()).gradient(all(values));
    var gradients = new ArrayList<Matrix>();
    gradients.add(part(all.getFirst(), shape.updates() - 1));
    for (int update = 0; update < shape.updates(); update++) {
      for (Matrix gradient : all.subList(1, all.size())) {
        gradients.add(part(gradient, update));
      }
    }
    return gradients;
  }

  /** Operands, results and dy of all updates. */
  private RecurrenceValues all(RecurrenceValues of) {
    RecurrenceShape each = shape.each();
    var values = new ArrayList<Matrix>();
    values.add(last(of.all().getFirst()));
    int operands = each.operands().size();
    for (int i = 1; i < operands; i++) {
      var updates = new ArrayList<Matrix>();
      for (int update = 0; update < shape.updates(); update++) {
        updates.add(of.all().get(i + update * (operands - 1)));
      }
      values.add(joined(updates));
    }
    List<Matrix> more = of.all().subList(shape.operands().size(), of.all().size());
    for (int i = 0; i < more.size(); i++) {
      Matrix value = more.get(i);
      boolean aside = i > 0 && i < each.results().size();
      values.add(
          aside
              ? Matrix.of(
                  value.rows() * shape.updates(), value.columns() / shape.updates(), value.values())
              : last(value));
    }
    return new RecurrenceValues(each, values, bindings(of.bindings()));
  }

  private Bindings bindings(Bindings of) {
    boolean[] starts = new boolean[of.rows() * shape.updates()];
    for (int row = 0; row < of.rows(); row++) {
      starts[row * shape.updates()] = of.startsDocument(row);
    }
    return new Bindings(of.batch(), of.time() * shape.updates()).documentStarts(starts);
  }

  /** Zeros at the updates before the last. */
  private Matrix last(Matrix value) {
    var updates = new ArrayList<Matrix>();
    for (int update = 1; update < shape.updates(); update++) {
      updates.add(Matrix.zeros(value.rows(), value.columns()));
    }
    updates.add(value);
    return joined(updates);
  }

  /** The rows of each update by turns. */
  private static Matrix joined(List<Matrix> updates) {
    Matrix first = updates.getFirst();
    Matrix all = Matrix.zeros(first.rows() * updates.size(), first.columns());
    for (int row = 0; row < all.rows(); row++) {
      for (int c = 0; c < all.columns(); c++) {
        all.set(row, c, updates.get(row % updates.size()).get(row / updates.size(), c));
      }
    }
    return all;
  }

  /** The rows of one update. */
  private Matrix part(Matrix all, int update) {
    Matrix part = Matrix.zeros(all.rows() / shape.updates(), all.columns());
    for (int row = 0; row < part.rows(); row++) {
      for (int c = 0; c < part.columns(); c++) {
        part.set(row, c, all.get(row * shape.updates() + update, c));
      }
    }
    return part;
  }
}
