package dev.swax.runtime.program;

/**
 * A trained tensor.
 *
 * @param name unique, also its name in checkpoints: {@code blocks.3.memory.q}
 * @param decayed whether weight decay applies (matrices only; REFERENCE 2.1)
 */
public record ParameterSpec(
    String name, int rows, int columns, Initializer initializer, boolean decayed) {
  public long size() {
    return (long) rows * columns;
  }
}
