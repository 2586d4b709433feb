package dev.swax.runtime.kernel.scan;

import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

/**
 * A vector state that decays and grows element by element, {@code h' = decay * h + input}; its
 * value is {@code h'} itself. Members are minGRU (Feng et al., 2024), HGRN (Qin et al., 2023) and
 * RG-LRU (De et al., 2024).
 *
 * @param heads H
 * @param width of a head; every operand, result and state has H * width columns
 */
public record ScanShape(int heads, int width) implements RecurrenceShape {
  private static final List<String> OPERANDS = List.of("decay", "input");
  private static final List<String> RESULTS = List.of("h");
  private static final List<String> STATES = List.of("state");

  @Override
  public String name() {
    return "scan";
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
    return columns();
  }

  int columns() {
    return heads * width;
  }

  @Override
  public int stateRows() {
    return width;
  }

  @Override
  public int stateColumns() {
    return 1;
  }

  @Override
  public long stateNumbers() {
    return columns();
  }

  /** Decay and sum. */
  @Override
  public long stateOperations() {
    return 2L * columns();
  }

  /** None: what the gradient reads is the result itself. */
  @Override
  public long workspace(int batch, int time) {
    return 0;
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new ScalarScan();
  }

  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new VectorScan(team);
  }
}
