package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.Recurrence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A recurrence that is read before its token, {@code q . S}. What is read there is the state after
 * the token before. So the recurrence goes over the values of the token before; only the query is
 * of this token. Where a document begins, these values are zeros and the state is empty.
 */
final class EarlierState {
  /** Not of the token before. */
  private static final String QUERY = "q";

  private EarlierState() {}

  /** A recurrence that is read after its token, made one that is read before. */
  static Recurrence of(Recurrence after, StateUpdate update) {
    var operands = new LinkedHashMap<String, PartExpression>();
    after
        .operands()
        .forEach((name, value) ->
            operands.put(
                name,
                name.equals(QUERY) || value.isFixed() ? value : previous(value, update.body())));
    return new Recurrence(after.shape(), operands, after.result(), words(after.words()));
  }

  /** A value of heads at the token before. */
  static PartExpression previous(PartExpression value, PartBody body) {
    return new PartExpression.Previous(
        value.span(), value, body.heads() * value.size(), value.size());
  }

  private static List<String> words(List<String> after) {
    var words = new ArrayList<String>();
    for (String line : after) {
      words.add(line.endsWith(" . S'") ? line.substring(0, line.length() - 1) : line);
    }
    words.set(0, words.getFirst() + ", read before its token");
    return words;
  }
}
