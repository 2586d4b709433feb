package dev.swax.compiler.lower;

import dev.swax.compiler.ir.Graph;
import dev.swax.runtime.program.Initializer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A piece of a model that runs as one method forward and one backward: the embedding, one kind of
 * layer, or the head with the loss. Layers of the same kind share a block and differ in their
 * parameters.
 *
 * @param name in Java case for methods: `local`, `memory`, `embed`, `head`
 * @param graph inputs `x` (not for the embedding) and parameters, result `y` (for the head `losses`
 *     and `logits`); once differentiated also `dx` and a `d:` for each parameter
 */
public record Block(String name, Graph graph, List<BlockParameter> parameters) {
  public Block {
    parameters = List.copyOf(parameters);
  }

  /** The block with its graph rewritten. */
  public Block with(UnaryOperator<Graph> rewriting) {
    return new Block(name, rewriting.apply(graph), parameters);
  }

  /** Trained numbers. */
  public long parameterCount() {
    return parameters.stream().mapToLong(BlockParameter::size).sum();
  }

  /** Trained numbers of matrices, each of which a token is multiplied with once. */
  public long matrixNumbers() {
    return parameters.stream()
        .filter(BlockParameter::decayed)
        .mapToLong(BlockParameter::size)
        .sum();
  }

  /** A parameter of a block; in layer 3 its full name is {@code layers.3.} and this name. */
  public record BlockParameter(
      String name, int rows, int columns, Initializer initializer, boolean decayed) {

    /** Its numbers. */
    public long size() {
      return (long) rows * columns;
    }
  }
}
