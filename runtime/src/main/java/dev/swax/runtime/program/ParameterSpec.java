package dev.swax.runtime.program;

/**
 * A trained tensor.
 *
 * @param name unique, also its name in checkpoints: {@code blocks.3.memory.q}
 * @param decayed whether weight decay applies (matrices only; REFERENCE 2.1)
 * @param matrices how many matrices of a layer stand in it one below the other, each of which
 *     tokens are multiplied with; 0 for what is none, and for embedding and head
 */
public record ParameterSpec(
    String name, int rows, int columns, Initializer initializer, boolean decayed, int matrices) {

  /** Of what is no matrix of a layer. */
  public ParameterSpec(
      String name, int rows, int columns, Initializer initializer, boolean decayed) {
    this(name, rows, columns, initializer, decayed, 0);
  }

  public long size() {
    return (long) rows * columns;
  }
}
