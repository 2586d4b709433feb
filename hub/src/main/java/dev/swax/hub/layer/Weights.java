package dev.swax.hub.layer;

import dev.swax.hub.weight.WeightTable;

/** Where the weights of something are, wherever it stands. */
@FunctionalInterface
public interface Weights {
  /**
   * Adds its rows to a table.
   *
   * @param there what its published tensors begin with: {@code model.layers.3.mamba.}
   * @param here what its parameters begin with: {@code layers.3.memory.}
   */
  void link(WeightTable.Builder table, String there, String here);

  /**
   * A row of numbers, whose names are said in full.
   *
   * @param plus what the published code adds to them
   */
  static Weights row(int length, double plus) {
    return (table, there, here) -> table.vector(there, here, length, plus);
  }
}
