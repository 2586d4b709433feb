package dev.swax.compiler.model;

import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer: the stream in, the stream out. Layers that are equal apart from their spans share
 * their code, never their weights.
 *
 * @param name what its code is called after: the mixer, `local`
 * @param block its wiring, with all parts that it applies
 */
public record Layer(Span span, String name, Cell block) {

  /** The block and all parts in it, each after what applies it. */
  public List<Cell> parts() {
    var parts = new ArrayList<Cell>();
    block.walk(parts::add);
    return parts;
  }
}
