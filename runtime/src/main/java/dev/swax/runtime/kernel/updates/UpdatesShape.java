package dev.swax.runtime.kernel.updates;

import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.recurrence.Recurrences;
import dev.swax.runtime.kernel.team.Team;
import java.util.ArrayList;
import java.util.List;

/**
 * A memory that is updated several times for each token and read once, after the last update:
 * DeltaProduct (Siems et al., 2025) is a delta rule of this kind. It is the memory {@code each}
 * over a text with {@code updates} times as many tokens, of which only the last of a token is read.
 *
 * <p>Operands are q, then those of the first update, as {@code each} calls them; those of the
 * second, {@code k_2}; and so on. Results beside y have the columns of all updates, one after the
 * other.
 *
 * @param each of one update; its first operand is q, which is 0 where nothing is read, and its
 *     first result y
 * @param updates for each token, at least 2
 */
public record UpdatesShape(RecurrenceShape each, int updates) implements RecurrenceShape {
  public UpdatesShape {
    if (updates < 2 || !each.parameters().isEmpty() || !each.operands().getFirst().equals("q")) {
      throw new IllegalArgumentException(updates + " updates of " + each);
    }
  }

  /** What an operand of an update, from 0, is called here. */
  public static String name(String operand, int update) {
    return update == 0 ? operand : operand + "_" + (update + 1);
  }

  @Override
  public String name() {
    return "updates";
  }

  @Override
  public List<String> operands() {
    var all = new ArrayList<>(each.operands());
    for (int update = 1; update < updates; update++) {
      for (String operand : each.operands().subList(1, each.operands().size())) {
        all.add(name(operand, update));
      }
    }
    return List.copyOf(all);
  }

  @Override
  public List<String> results() {
    return each.results();
  }

  @Override
  public List<String> states() {
    return each.states();
  }

  @Override
  public int columns(String name) {
    int at = each.results().indexOf(name);
    int number = name.lastIndexOf('_');
    boolean later = number > 0 && Character.isDigit(name.charAt(name.length() - 1));
    return (at > 0 ? updates : 1) * each.columns(later ? name.substring(0, number) : name);
  }

  @Override
  public int stateRows() {
    return each.stateRows();
  }

  @Override
  public int stateColumns() {
    return each.stateColumns();
  }

  @Override
  public long stateNumbers() {
    return each.stateNumbers();
  }

  /** Of all updates; reads in between, which are 0, are counted too. */
  @Override
  public long stateOperations() {
    return updates * each.stateOperations();
  }

  @Override
  public long workspace(int batch, int time) {
    long rows = (long) batch * time * updates;
    return each.workspace(batch, time * updates) + rows * UpdateTokens.columns(each);
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new UpdatesKernel(new Recurrences(RecurrenceShape::scalarKernel));
  }

  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new UpdatesKernel(new Recurrences(shape -> shape.vectorKernel(team)));
  }
}
