package dev.swax.runtime.kernel.shift;

import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

/**
 * What a value was at the token before, {@code y_t = input_{t-1}}; 0 where a document begins. Its
 * state is the last token.
 *
 * @param channels of a token
 */
public record ShiftShape(int channels) implements RecurrenceShape {
  private static final List<String> OPERANDS = List.of("input");
  private static final List<String> RESULTS = List.of("y");
  private static final List<String> STATES = List.of("last");

  @Override
  public String name() {
    return "shift";
  }

  @Override
  public List<String> operands() {
    return OPERANDS;
  }

  @Override
  public List<String> results() {
    return RESULTS;
  }

  @Override
  public List<String> states() {
    return STATES;
  }

  @Override
  public int columns(String name) {
    return channels;
  }

  @Override
  public int stateRows() {
    return channels;
  }

  @Override
  public int stateColumns() {
    return 1;
  }

  @Override
  public long stateNumbers() {
    return channels;
  }

  /** Nothing is computed. */
  @Override
  public long stateOperations() {
    return 0;
  }

  @Override
  public long workspace(int batch, int time) {
    return 0;
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new ShiftKernel();
  }

  /** Copies are as fast as memory on one thread. */
  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new ShiftKernel();
  }
}
