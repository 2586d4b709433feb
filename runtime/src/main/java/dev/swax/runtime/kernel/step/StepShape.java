package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A recurrence of any form. {@code step} makes of the operands of a token, the parameters and the
 * states the output {@code y} and for each state S the output {@code S'}. {@code gradient} reads
 * the same, {@code d:y}, and for each state {@code d:S'}, and makes {@code d:k} for each operand k,
 * {@code d:S} for each state; it adds to {@code d:w} of each parameter w.
 *
 * @param heads H
 * @param stateOperations of one token in the states, as facts count them
 */
public record StepShape(int heads, long stateOperations, StepProgram step, StepProgram gradient)
    implements RecurrenceShape {
  /** The one result. */
  public static final String RESULT = "y";

  private static final List<String> RESULTS = List.of(RESULT);

  @Override
  public String name() {
    return "step";
  }

  @Override
  public List<String> operands() {
    return step.operands();
  }

  @Override
  public List<String> parameters() {
    return step.names(StepValue.Kind.PARAMETER);
  }

  @Override
  public int rows(String parameter) {
    return step.value(parameter).length(heads) / columns(parameter);
  }

  @Override
  public List<String> results() {
    return RESULTS;
  }

  @Override
  public List<String> states() {
    return step.names(StepValue.Kind.STATE);
  }

  @Override
  public int columns(String name) {
    if (name.equals(RESULT)) {
      return step.output(RESULT).length(heads);
    }
    StepValue value = step.value(name);
    return value.kind() == StepValue.Kind.PARAMETER ? value.columns() : value.length(heads);
  }

  @Override
  public int stateRows() {
    StepValue first = step.value(states().getFirst());
    return first.size() / first.columns();
  }

  @Override
  public int stateColumns() {
    return step.value(states().getFirst()).columns();
  }

  @Override
  public String stateText() {
    return states().stream()
        .map(step::value)
        .map(state -> RecurrenceShape.text(state.size() / state.columns(), state.columns()))
        .collect(Collectors.joining(" + "));
  }

  @Override
  public long stateNumbers() {
    return step.values(StepValue.Kind.STATE).stream().mapToLong(v -> v.length(heads)).sum();
  }

  /** In how many pieces the columns of its only head are computed side by side; 1: they are not. */
  public int pieces() {
    return StepColumns.of(this).map(StepColumns::pieces).orElse(1);
  }

  /** States at the borders of segments and inside of one, and the values of a step. */
  @Override
  public long workspace(int batch, int time) {
    return VectorStep.workspace(this, batch, time);
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new ScalarStep();
  }

  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new VectorStep(team);
  }
}
