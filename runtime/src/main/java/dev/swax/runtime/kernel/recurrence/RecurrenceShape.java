package dev.swax.runtime.kernel.recurrence;

import dev.swax.runtime.kernel.team.Team;
import java.util.List;

/**
 * A recurrence over tokens, described by the names of its operands, results and states. A family of
 * memories is a record of sizes that implements this interface. It gives the kernels of the family,
 * the memory that they need, and the costs.
 */
public interface RecurrenceShape {
  /** In listings and in the text of programs: {@code memory}. */
  String name();

  /**
   * What it reads, in order: for each token, but for its parameters. The gradient gives one result
   * for each.
   */
  List<String> operands();

  /**
   * The operands that are learnt, each a matrix that all tokens share. The first operand is none.
   */
  default List<String> parameters() {
    return List.of();
  }

  /** Rows of a parameter. */
  default int rows(String parameter) {
    throw new IllegalArgumentException(name() + " has no parameter " + parameter);
  }

  /** What it gives for each token: its value, then what only the gradient reads. */
  List<String> results();

  /** What it carries from token to token. */
  List<String> states();

  /** Numbers of an operand or a result a token, of a parameter a row, or of a state a sequence. */
  int columns(String name);

  /** Of the first state, of one head; 1 column where it is a vector. */
  int stateRows();

  int stateColumns();

  /** The states of one head in a few words: {@code 16 x 8}, {@code 16}. */
  default String stateText() {
    return text(stateRows(), stateColumns());
  }

  /** A table in a few words; a vector is one number. */
  static String text(int rows, int columns) {
    return columns == 1 ? Integer.toString(rows) : rows + " x " + columns;
  }

  /** Numbers that the recurrence itself carries for one sequence, kernels' aids left out. */
  long stateNumbers();

  /** Operations of one token in the states, as facts count them. */
  long stateOperations();

  /**
   * Floats that kernels hold for a pass over {@code batch} sequences of {@code time} tokens and
   * back.
   */
  long workspace(int batch, int time);

  /** Its meaning, on one thread. */
  RecurrenceKernel scalarKernel();

  /** The same, fast. */
  RecurrenceKernel vectorKernel(Team team);
}
