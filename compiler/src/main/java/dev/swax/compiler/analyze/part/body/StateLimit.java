package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;

/** How many numbers the state of one sequence may have, so that one of a head fits an array. */
public final class StateLimit {
  static final long MOST = 1L << 29;

  private StateLimit() {}

  /** Whether the state fits; reported if it does not. */
  public static boolean fits(PartBody body, PartBody.StateVariable state) {
    long rows = state.shape() instanceof Shape.Table(int first, _) ? first : state.shape().size();
    long columns = state.shape() instanceof Shape.Table(_, int second) ? second : 1;
    long numbers = rows * columns; // each is at most 2^24
    if (numbers <= MOST / body.heads()) {
      return true;
    }
    body.report(
        Code.CELL_NUMBER,
        state.span(),
        "state `%s` of `%s` has %d * %d numbers in each of %d heads, but at most %d are allowed in all"
            .formatted(
                state.name(), body.declaration().name().text(), rows, columns, body.heads(), MOST),
        "a smaller key or value per head");
    return false;
  }
}
