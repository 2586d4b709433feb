package dev.swax.compiler.model.part;

/**
 * A value of a layer that a later layer reads.
 *
 * @param layer counted from 0
 * @param part what its weights' names begin with: {@code full}; empty for the block itself
 * @param name of the value in its body: {@code k}
 */
public record LayerValue(int layer, String part, String name) {
  /** The same in any layer: {@code full.k}. */
  public String label() {
    return part.isEmpty() ? name : part + "." + name;
  }
}
